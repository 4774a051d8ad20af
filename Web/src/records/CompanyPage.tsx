import { NewEventButton } from '../calendar-composer';
import { EmailsCard, NewEmailButton } from '../email-composer';
import { CompanyDocument } from '../graphql/generated';
import { personName } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { Link, recordHref } from '../routing/router';
import { fieldMessages, kindMessages } from './messages';
import { RecordPage, recordPlaceholder } from './RecordPage';
import { TimelineCard } from './TimelineCard';

export function CompanyPage({ id }: { id: string }) {
  const query = useQuery(CompanyDocument, { id });
  const company = query.data?.company?.id === id ? query.data.company : undefined;
  if (!company) {
    return <main className="page">{recordPlaceholder(query, company, kindMessages.company.gone)}</main>;
  }

  const people = company.people.map((person) => (
    <span className="fact-row" key={person.id}>
      <Link href={recordHref('people', person.id)}>{personName(person)}</Link>
      {person.jobTitle && <span className="muted small"> {person.jobTitle}</span>}
    </span>
  ));
  return (
    <RecordPage
      listHref="/companies"
      listTitle={kindMessages.company.plural}
      name={company.name}
      subtitle={company.domainName}
      facts={[
        [fieldMessages.domain, company.domainName],
        [kindMessages.person.plural, people.length > 0 && people],
      ]}
    >
      <div>
      <TimelineCard
        owner="Company"
        id={id}
        emptyText={kindMessages.company.noEvents}
        action={<NewEventButton tone="plain" options={{ linkedCompany: { id, name: company.name } }} />}
      />
      <EmailsCard
        of={{ companyId: id }}
        emptyText={kindMessages.company.noEmails}
        action={
          <NewEmailButton
            options={{ place: `company ${id}`, linkedCompany: { id, name: company.name } }}
          />
        }
      />
      </div>
    </RecordPage>
  );
}
