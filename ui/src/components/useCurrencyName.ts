import { useLingui } from "@lingui/react/macro";

/** What people call a currency (ISO 4217) here; the code itself for one that is rare here. */
export function useCurrencyName(): (code: string) => string {
  const { t } = useLingui();
  return (code) => {
    switch (code) {
      case "UZS":
        return t`soum`;
      case "KZT":
        return t`tenge`;
      case "RUB":
        return t`roubles`;
      default:
        return code;
    }
  };
}
