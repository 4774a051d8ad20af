/** The drawing that a provider's driver brings; decoration only, its name stands beside it. */
export function ProviderIcon({ iconKey, size = 18 }: { iconKey: string; size?: number }) {
  return <img className="icon" src={`/icons/${iconKey}.svg`} width={size} height={size} alt="" />;
}
