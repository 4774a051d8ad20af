import { personName } from '../graphql/types';
import type { Company, Opportunity, Person } from '../graphql/types';
import { navigate, recordHref } from '../routing/router';
import { Avatar } from '../ui/Avatar';
import { CompanyForm, OpportunityForm, PersonForm } from './RecordForms';
import type { RecordKind } from './RecordListPage';
import { formatAmount } from './formatAmount';

const page = 'pageInfo { hasNextPage endCursor }';

const named = (name: string) => (
  <span className="named">
    <Avatar name={name} size={26} /> {name}
  </span>
);

export const people: RecordKind<Person> = {
  title: 'People',
  singular: 'person',
  icon: 'people',
  field: 'people',
  path: 'people',
  query: `query People($search: String, $first: Int, $after: String) {
    people(search: $search, first: $first, after: $after) {
      edges { cursor node { id firstName lastName emails jobTitle company { id name } } } ${page}
    }
  }`,
  columns: [
    { title: 'Name', cell: (person) => named(personName(person)) },
    { title: 'Email', cell: (person) => person.emails[0] ?? <span className="muted">No email</span> },
    { title: 'Company', cell: (person) => person.company?.name },
    { title: 'Job title', cell: (person) => person.jobTitle },
  ],
  emptyText: 'No people yet',
  form: (close) => <PersonForm onClose={close} onCreated={(id) => navigate(recordHref('people', id))} />,
};

export const companies: RecordKind<Omit<Company, 'people'>> = {
  title: 'Companies',
  singular: 'company',
  icon: 'company',
  field: 'companies',
  path: 'companies',
  query: `query Companies($search: String, $first: Int, $after: String) {
    companies(search: $search, first: $first, after: $after) {
      edges { cursor node { id name domainName } } ${page}
    }
  }`,
  columns: [
    { title: 'Name', cell: (company) => named(company.name) },
    { title: 'Domain', cell: (company) => company.domainName },
  ],
  emptyText: 'No companies yet',
  form: (close) => <CompanyForm onClose={close} onCreated={(id) => navigate(recordHref('companies', id))} />,
};

export const opportunities: RecordKind<Opportunity> = {
  title: 'Opportunities',
  singular: 'opportunity',
  icon: 'opportunity',
  field: 'opportunities',
  path: 'opportunities',
  query: `query Opportunities($search: String, $first: Int, $after: String) {
    opportunities(search: $search, first: $first, after: $after) {
      edges { cursor node {
        id name stage amount company { id name } pointOfContact { id firstName lastName emails }
      } } ${page}
    }
  }`,
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
