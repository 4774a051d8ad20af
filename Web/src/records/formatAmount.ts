const format = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

/** The contract's amount has no currency, so none is made up. */
export function formatAmount(amount: number | null): string {
  return amount === null ? '' : format.format(amount);
}
