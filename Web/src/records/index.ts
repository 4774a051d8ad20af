export { CompanyPage } from './CompanyPage';
export { OpportunityPage } from './OpportunityPage';
export { PersonPage } from './PersonPage';
export { RecordListPage } from './RecordListPage';
export { companies, opportunities, people } from './kinds';
