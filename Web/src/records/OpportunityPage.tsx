import { NewEventButton } from '../calendar-composer';
import { EmailsCard, NewEmailButton } from '../email-composer';
import { OpportunityDocument } from '../graphql/generated';
import { personName } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { Link, recordHref } from '../routing/router';
import { fieldMessages, kindMessages } from './messages';
import { RecordPage, recordPlaceholder } from './RecordPage';
import { TimelineCard } from './TimelineCard';
import { formatAmount } from './formatAmount';

export function OpportunityPage({ id }: { id: string }) {
  const query = useQuery(OpportunityDocument, { id });
  const opportunity = query.data?.opportunity?.id === id ? query.data.opportunity : undefined;
  if (!opportunity) {
    return <main className="page">{recordPlaceholder(query, opportunity, kindMessages.opportunity.gone)}</main>;
  }

  const { company, pointOfContact: contact, name } = opportunity;
  const email = contact?.emails[0];
  return (
    <RecordPage
      listHref="/opportunities"
      listTitle={kindMessages.opportunity.plural}
      name={name}
      subtitle={company?.name}
      facts={[
        [
          fieldMessages.company,
          company && <Link href={recordHref('companies', company.id)}>{company.name}</Link>,
        ],
        [
          fieldMessages.contact,
          contact && <Link href={recordHref('people', contact.id)}>{personName(contact)}</Link>,
        ],
        [fieldMessages.stage, opportunity.stage],
        [fieldMessages.amount, formatAmount(opportunity.amount)],
      ]}
    >
      <div>
      <TimelineCard
        owner="Opportunity"
        id={id}
        emptyText={kindMessages.opportunity.noEvents}
        action={
          <NewEventButton
            tone="plain"
            options={{
              defaultAttendees: contact && email ? [{ email, displayName: personName(contact) }] : [],
              linkedPeople: contact ? [{ id: contact.id, name: personName(contact) }] : [],
              linkedCompany: company ?? undefined,
              linkedOpportunity: { id, name },
            }}
          />
        }
      />
      <EmailsCard
        of={{ opportunityId: id }}
        emptyText={kindMessages.opportunity.noEmails}
        action={
          <NewEmailButton
            options={{
              place: `opportunity ${id}`,
              to: contact && email ? [{ email, displayName: personName(contact) }] : [],
              linkedPeople: contact ? [{ id: contact.id, name: personName(contact) }] : [],
              linkedCompany: company ?? undefined,
              linkedOpportunity: { id, name },
            }}
          />
        }
      />
      </div>
    </RecordPage>
  );
}
