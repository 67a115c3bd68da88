import { Trans, useLingui } from "@lingui/react/macro";
import { IconFaceId, IconRefresh, IconSunHigh, IconSunWind } from "@tabler/icons-react";

import { ChoiceCards, type Choice } from "@/components/ChoiceCards";
import { ENROLMENT } from "@/features/enrolment/testids";
import { visitsFor } from "@/features/enrolment/visits";
import type { EnrolmentVisit } from "@/ipc/bindings";

interface VisitChoiceProps {
  lights: number;
  visit: EnrolmentVisit;
  onChange: (visit: EnrolmentVisit) => void;
}

/** Which visit it is, for somebody whose face is known already. */
export function VisitChoice({ lights, visit, onChange }: VisitChoiceProps) {
  const { t } = useLingui();
  const cards: Readonly<Record<EnrolmentVisit, Choice<EnrolmentVisit>>> = {
    second: {
      value: "second",
      icon: <IconSunHigh />,
      title: <Trans>Second light</Trans>,
      text: <Trans>At another time of day or beside another lamp. 10 views.</Trans>,
    },
    topUp: {
      value: "topUp",
      icon: <IconSunWind />,
      title: <Trans>Add this light</Trans>,
      text: <Trans>The face is refused in the light of now. 3 views.</Trans>,
    },
    first: {
      value: "first",
      icon: lights === 0 ? <IconFaceId /> : <IconRefresh />,
      title: lights === 0 ? <Trans>First visit</Trans> : <Trans>Begin anew</Trans>,
      text:
        lights === 0 ? <Trans>The camera gets to know the face. 10 views.</Trans> : <Trans>Replaces everything that is known of the face.</Trans>,
    },
  };
  return (
    <ChoiceCards
      label={t`Which visit`}
      choices={visitsFor(lights).map((name) => cards[name])}
      value={visit}
      onChange={onChange}
      testId={ENROLMENT.visit}
    />
  );
}
