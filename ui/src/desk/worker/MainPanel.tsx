import { ErrorNotice } from "@/components/ErrorNotice";
import classes from "@/desk/worker/MainPanel.module.css";
import { ProductCard } from "@/desk/worker/ProductCard";
import { ReadyPanel } from "@/desk/worker/ReadyPanel";
import { RefusedPanel } from "@/desk/worker/RefusedPanel";
import { SavedPanel } from "@/desk/worker/SavedPanel";
import type { Desk } from "@/desk/worker/useDesk";

/** The region that shouts: the instruction, the product, or the verdict. */
export function MainPanel({ desk }: { desk: Desk }) {
  const { state, failure } = desk;
  if (failure !== null) {
    return (
      <section className={classes.panel}>
        <ErrorNotice
          error={failure}
          onRetry={() => {
            desk.press("escape");
          }}
        />
      </section>
    );
  }
  if (state === null) return <section className={classes.panel} aria-busy />;
  const { phase, card, notice } = state;
  if (phase === "saved") return <SavedPanel card={card} notice={notice} mode={state.mode} />;
  if (phase === "refused") return <RefusedPanel state={state} />;
  if (card === null) return <ReadyPanel notice={notice} />;
  return <ProductCard card={card} entry={state.entry} mode={state.mode} saving={phase === "saving"} />;
}
