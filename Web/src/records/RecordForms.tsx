import { useState } from 'react';
import { request } from '../graphql/client';
import {
  CreateCompanyDocument,
  CreateOpportunityDocument,
  CreatePersonDocument,
} from '../graphql/generated';
import { emailAddressMessages } from '../ui/messages';
import { FormProblem, ModalForm } from '../ui/ModalForm';
import { TextField } from '../ui/TextField';
import { problemWith } from '../ui/emailAddress';
import { fieldMessages, kindMessages, recordFormMessages } from './messages';
import { CompanyPicker, PersonPicker } from './RecordPickers';
import type { PickedRecord } from './RecordPickers';

interface FormProps {
  onClose: () => void;
  onCreated: (id: string) => void;
}

export function PersonForm({ onClose, onCreated }: FormProps) {
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [emails, setEmails] = useState('');
  const [jobTitle, setJobTitle] = useState('');
  const [company, setCompany] = useState<PickedRecord>();
  const save = async () => {
    const addresses = emails.split(/[\s,;]+/).filter(Boolean);
    if (!firstName.trim() && !lastName.trim() && addresses.length === 0) {
      throw new FormProblem({ firstName: recordFormMessages.needsNameOrEmail });
    }
    for (const email of addresses) {
      const problem = problemWith(email);
      if (problem) throw new FormProblem({ emails: emailAddressMessages.problemOf({ email, problem }) });
    }
    const input = {
      firstName: firstName.trim() || null,
      lastName: lastName.trim() || null,
      emails: addresses,
      jobTitle: jobTitle.trim() || null,
      companyId: company?.id ?? null,
    };
    const { created } = await request(CreatePersonDocument, { input });
    onCreated(created.id);
  };
  const fields = ['firstName', 'lastName', 'emails', 'jobTitle', 'companyId'];
  return (
    <ModalForm title={kindMessages.person.add} fields={fields} onClose={onClose} onSubmit={save}>
      {(errors) => (
        <>
          <div className="form-pair">
            <TextField
              label={fieldMessages.firstName}
              value={firstName}
              onChange={setFirstName}
              isFirst
              error={errors.firstName}
            />
            <TextField
              label={fieldMessages.lastName}
              value={lastName}
              onChange={setLastName}
              error={errors.lastName}
            />
          </div>
          <TextField
            label={fieldMessages.emails}
            value={emails}
            onChange={setEmails}
            error={errors.emails}
            hint={fieldMessages.emailsHint}
          />
          <TextField
            label={fieldMessages.jobTitle}
            value={jobTitle}
            onChange={setJobTitle}
            error={errors.jobTitle}
          />
          <CompanyPicker picked={company} onPick={setCompany} error={errors.companyId} />
        </>
      )}
    </ModalForm>
  );
}

export function CompanyForm({ onClose, onCreated }: FormProps) {
  const [name, setName] = useState('');
  const [domainName, setDomainName] = useState('');
  const save = async () => {
    if (!name.trim()) throw new FormProblem({ name: recordFormMessages.needsCompanyName });
    const input = { name: name.trim(), domainName: domainName.trim() || null };
    const { created } = await request(CreateCompanyDocument, { input });
    onCreated(created.id);
  };
  return (
    <ModalForm
      title={kindMessages.company.add}
      fields={['name', 'domainName']}
      onClose={onClose}
      onSubmit={save}
    >
      {(errors) => (
        <>
          <TextField
            label={fieldMessages.name}
            value={name}
            onChange={setName}
            isFirst
            isRequired
            error={errors.name}
          />
          <TextField
            label={fieldMessages.domain}
            value={domainName}
            onChange={setDomainName}
            error={errors.domainName}
            hint={fieldMessages.domainHint}
          />
        </>
      )}
    </ModalForm>
  );
}

export function OpportunityForm({ onClose, onCreated }: FormProps) {
  const [name, setName] = useState('');
  const [stage, setStage] = useState('');
  const [amount, setAmount] = useState('');
  const [company, setCompany] = useState<PickedRecord>();
  const [contact, setContact] = useState<PickedRecord>();
  const save = async () => {
    if (!name.trim()) throw new FormProblem({ name: recordFormMessages.needsOpportunityName });
    const value = amount.trim() === '' ? null : Number(amount.trim());
    // "1,500" means two different numbers on two sides of an ocean.
    if (value !== null && !Number.isFinite(value)) {
      throw new FormProblem({ amount: recordFormMessages.needsNumber });
    }
    const input = {
      name: name.trim(),
      stage: stage.trim() || null,
      amount: value,
      companyId: company?.id ?? null,
      pointOfContactId: contact?.id ?? null,
    };
    const { created } = await request(CreateOpportunityDocument, { input });
    onCreated(created.id);
  };
  const fields = ['name', 'stage', 'amount', 'companyId', 'pointOfContactId'];
  return (
    <ModalForm title={kindMessages.opportunity.add} fields={fields} onClose={onClose} onSubmit={save}>
      {(errors) => (
        <>
          <TextField
            label={fieldMessages.name}
            value={name}
            onChange={setName}
            isFirst
            isRequired
            error={errors.name}
          />
          <CompanyPicker picked={company} onPick={setCompany} error={errors.companyId} />
          <PersonPicker picked={contact} onPick={setContact} error={errors.pointOfContactId} />
          <div className="form-pair">
            <TextField label={fieldMessages.stage} value={stage} onChange={setStage} error={errors.stage} />
            <TextField label={fieldMessages.amount} value={amount} onChange={setAmount} error={errors.amount} />
          </div>
        </>
      )}
    </ModalForm>
  );
}
