/**
 * People, companies and opportunities: each kind has whole sentences of its own, since languages do not form them
 * alike. How texts are kept: `ui/messages.ts`.
 */
export const kindMessages = {
  person: {
    plural: 'People',
    add: 'Add person',
    search: 'Search people',
    none: 'No people yet',
    gone: 'This person no longer exists',
    noEvents: 'Meetings with this person appear here.',
    noEmails: 'Emails that you and your colleagues send to this person from here appear here.',
  },
  company: {
    plural: 'Companies',
    add: 'Add company',
    search: 'Search companies',
    none: 'No companies yet',
    gone: 'This company no longer exists',
    noEvents: 'Meetings with this company appear here.',
    noEmails: 'Emails that you and your colleagues send to this company from here appear here.',
  },
  opportunity: {
    plural: 'Opportunities',
    add: 'Add opportunity',
    search: 'Search opportunities',
    none: 'No opportunities yet',
    gone: 'This opportunity no longer exists',
    noEvents: 'Meetings with this opportunity appear here.',
    noEmails: 'Emails that you and your colleagues send to this opportunity from here appear here.',
  },
};

export type KindMessages = (typeof kindMessages)[keyof typeof kindMessages];

export const fieldMessages = {
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email',
  noEmail: 'No email',
  emails: 'Email addresses',
  emailsHint: 'Separated by commas.',
  jobTitle: 'Job title',
  company: 'Company',
  domain: 'Domain',
  domainHint: 'For example acme.example',
  contact: 'Contact',
  stage: 'Stage',
  amount: 'Amount',
};

export const recordFormMessages = {
  search: 'Search',
  needsNameOrEmail: 'Enter a name or an email address.',
  needsCompanyName: 'Enter the company’s name.',
  needsOpportunityName: 'Enter the opportunity’s name.',
  needsNumber: 'Enter a number such as 1500 or 1500.50.',
};

export const recordPageMessages = {
  details: 'Details',
  nothingFound: (search: string) => `Nothing found for “${search}”`,
  needsEmail: 'Add an email to this person first',
};

export const timelineMessages = {
  title: 'Events',
  empty: 'No events yet',
};
