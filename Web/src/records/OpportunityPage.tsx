import { NewEventButton } from '../calendar-composer';
import { EmailsCard, NewEmailButton } from '../email-composer';
import { OpportunityDocument } from '../graphql/generated';
import { personName } from '../graphql/types';
import { useQuery } from '../graphql/useQuery';
import { Link, recordHref } from '../routing/router';
import { RecordPage, recordPlaceholder } from './RecordPage';
import { TimelineCard } from './TimelineCard';
import { formatAmount } from './formatAmount';

export function OpportunityPage({ id }: { id: string }) {
  const query = useQuery(OpportunityDocument, { id });
  const opportunity = query.data?.opportunity?.id === id ? query.data.opportunity : undefined;
  if (!opportunity) {
    return <main className="page">{recordPlaceholder(query, opportunity, 'opportunity')}</main>;
  }

  const { company, pointOfContact: contact, name } = opportunity;
  const email = contact?.emails[0];
  return (
    <RecordPage
      listHref="/opportunities"
      listTitle="Opportunities"
      name={name}
      subtitle={company?.name}
      facts={[
        ['Company', company && <Link href={recordHref('companies', company.id)}>{company.name}</Link>],
        ['Contact', contact && <Link href={recordHref('people', contact.id)}>{personName(contact)}</Link>],
        ['Stage', opportunity.stage],
        ['Amount', formatAmount(opportunity.amount)],
      ]}
    >
      <div>
      <TimelineCard
        owner="Opportunity"
        id={id}
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
        noun="opportunity"
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
