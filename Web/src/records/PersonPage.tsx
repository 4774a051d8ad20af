import { NewEventButton } from '../calendar-composer';
import { EmailsCard, NewEmailButton } from '../email-composer';
import { PersonDocument } from '../graphql/generated';
import { personName } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { Link, recordHref } from '../routing/router';
import { fieldMessages, kindMessages, recordPageMessages } from './messages';
import { RecordPage, recordPlaceholder } from './RecordPage';
import { TimelineCard } from './TimelineCard';

export function PersonPage({ id }: { id: string }) {
  const query = useQuery(PersonDocument, { id });
  const person = query.data?.person?.id === id ? query.data.person : undefined;
  if (!person) {
    return <main className="page">{recordPlaceholder(query, person, kindMessages.person.gone)}</main>;
  }

  const name = personName(person);
  const email = person.emails[0];
  return (
    <RecordPage
      listHref="/people"
      listTitle={kindMessages.person.plural}
      name={name}
      subtitle={person.jobTitle}
      facts={[
        [fieldMessages.email, person.emails.join(', ')],
        [fieldMessages.jobTitle, person.jobTitle],
        [
          fieldMessages.company,
          person.company && (
            <Link href={recordHref('companies', person.company.id)}>{person.company.name}</Link>
          ),
        ],
      ]}
    >
      <div>
      <TimelineCard
        owner="Person"
        id={id}
        emptyText={kindMessages.person.noEvents}
        action={
          <NewEventButton
            tone="plain"
            disabledReason={email ? undefined : recordPageMessages.needsEmail}
            options={{
              defaultAttendees: email ? [{ email, ...(name === email ? {} : { displayName: name }) }] : [],
              linkedPeople: [{ id, name }],
            }}
          />
        }
      />
      <EmailsCard
        of={{ personId: id }}
        emptyText={kindMessages.person.noEmails}
        action={
          <NewEmailButton
            options={{
              place: `person ${id}`,
              to: email ? [{ email, ...(name === email ? {} : { displayName: name }) }] : [],
              linkedPeople: [{ id, name }],
            }}
            disabledReason={email ? undefined : recordPageMessages.needsEmail}
          />
        }
      />
      </div>
    </RecordPage>
  );
}
