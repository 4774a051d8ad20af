import { CompaniesDocument, OpportunitiesDocument, PeopleDocument } from '../graphql/generated';
import type {
  CompanyFieldsFragment,
  OpportunityFieldsFragment,
  PersonFieldsFragment,
} from '../graphql/generated';
import { personName } from '../graphql/types';
import { navigate, recordHref } from '../routing/router';
import { Avatar } from '../ui/Avatar';
import { CompanyForm, OpportunityForm, PersonForm } from './RecordForms';
import type { RecordKind } from './RecordListPage';
import { formatAmount } from './formatAmount';

const named = (name: string) => (
  <span className="named">
    <Avatar name={name} size={26} /> {name}
  </span>
);

export const people: RecordKind<PersonFieldsFragment> = {
  title: 'People',
  singular: 'person',
  icon: 'people',
  list: PeopleDocument,
  path: 'people',
  columns: [
    { title: 'Name', cell: (person) => named(personName(person)) },
    { title: 'Email', cell: (person) => person.emails[0] ?? <span className="muted">No email</span> },
    { title: 'Company', cell: (person) => person.company?.name },
    { title: 'Job title', cell: (person) => person.jobTitle },
  ],
  emptyText: 'No people yet',
  form: (close) => <PersonForm onClose={close} onCreated={(id) => navigate(recordHref('people', id))} />,
};

export const companies: RecordKind<CompanyFieldsFragment> = {
  title: 'Companies',
  singular: 'company',
  icon: 'company',
  list: CompaniesDocument,
  path: 'companies',
  columns: [
    { title: 'Name', cell: (company) => named(company.name) },
    { title: 'Domain', cell: (company) => company.domainName },
  ],
  emptyText: 'No companies yet',
  form: (close) => <CompanyForm onClose={close} onCreated={(id) => navigate(recordHref('companies', id))} />,
};

export const opportunities: RecordKind<OpportunityFieldsFragment> = {
  title: 'Opportunities',
  singular: 'opportunity',
  icon: 'opportunity',
  list: OpportunitiesDocument,
  path: 'opportunities',
  columns: [
    { title: 'Name', cell: (opportunity) => opportunity.name },
    { title: 'Company', cell: (opportunity) => opportunity.company?.name },
    {
      title: 'Contact',
      cell: ({ pointOfContact }) => pointOfContact && personName(pointOfContact),
    },
    { title: 'Stage', cell: ({ stage }) => stage && <span className="badge">{stage}</span> },
    { title: 'Amount', cell: (opportunity) => formatAmount(opportunity.amount) },
  ],
  emptyText: 'No opportunities yet',
  form: (close) => (
    <OpportunityForm onClose={close} onCreated={(id) => navigate(recordHref('opportunities', id))} />
  ),
};
