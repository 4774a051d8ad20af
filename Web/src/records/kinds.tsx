import { CompaniesDocument, OpportunitiesDocument, PeopleDocument } from '../graphql/generated';
import type {
  CompanyFieldsFragment,
  OpportunityFieldsFragment,
  PersonFieldsFragment,
} from '../graphql/generated';
import { personName } from '../graphql/types';
import { navigate, recordHref } from '../routing/router';
import { Avatar } from '../ui/Avatar';
import { fieldMessages, kindMessages } from './messages';
import { CompanyForm, OpportunityForm, PersonForm } from './RecordForms';
import type { RecordKind } from './RecordListPage';
import { formatAmount } from './formatAmount';

const named = (name: string) => (
  <span className="named">
    <Avatar name={name} size={26} /> {name}
  </span>
);

export const people: RecordKind<PersonFieldsFragment> = {
  messages: kindMessages.person,
  icon: 'people',
  list: PeopleDocument,
  path: 'people',
  columns: [
    { title: fieldMessages.name, cell: (person) => named(personName(person)) },
    {
      title: fieldMessages.email,
      cell: (person) => person.emails[0] ?? <span className="muted">{fieldMessages.noEmail}</span>,
    },
    { title: fieldMessages.company, cell: (person) => person.company?.name },
    { title: fieldMessages.jobTitle, cell: (person) => person.jobTitle },
  ],
  form: (close) => <PersonForm onClose={close} onCreated={(id) => navigate(recordHref('people', id))} />,
};

export const companies: RecordKind<CompanyFieldsFragment> = {
  messages: kindMessages.company,
  icon: 'company',
  list: CompaniesDocument,
  path: 'companies',
  columns: [
    { title: fieldMessages.name, cell: (company) => named(company.name) },
    { title: fieldMessages.domain, cell: (company) => company.domainName },
  ],
  form: (close) => <CompanyForm onClose={close} onCreated={(id) => navigate(recordHref('companies', id))} />,
};

export const opportunities: RecordKind<OpportunityFieldsFragment> = {
  messages: kindMessages.opportunity,
  icon: 'opportunity',
  list: OpportunitiesDocument,
  path: 'opportunities',
  columns: [
    { title: fieldMessages.name, cell: (opportunity) => opportunity.name },
    { title: fieldMessages.company, cell: (opportunity) => opportunity.company?.name },
    {
      title: fieldMessages.contact,
      cell: ({ pointOfContact }) => pointOfContact && personName(pointOfContact),
    },
    { title: fieldMessages.stage, cell: ({ stage }) => stage && <span className="badge">{stage}</span> },
    { title: fieldMessages.amount, cell: (opportunity) => formatAmount(opportunity.amount) },
  ],
  form: (close) => (
    <OpportunityForm onClose={close} onCreated={(id) => navigate(recordHref('opportunities', id))} />
  ),
};
