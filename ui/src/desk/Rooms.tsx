import { Redirect, Route, Switch, useLocation } from "wouter";

import { useFollowedHealth } from "@/desk/health";
import { firstPath, ROOMS } from "@/desk/shell/rooms";
import { Shell } from "@/desk/shell/Shell";
import { DeskScreen } from "@/desk/worker/DeskScreen";
import { AuditPage } from "@/features/audit/AuditPage";
import { BackupPage } from "@/features/backup/BackupPage";
import { EmployeeListPage } from "@/features/employee/EmployeeListPage";
import { EnrolmentPage } from "@/features/enrolment/EnrolmentPage";
import { FaceGatePage } from "@/features/faceGate/FaceGatePage";
import { MovementListPage } from "@/features/movement/MovementListPage";
import { OldMovementsPage } from "@/features/movement/OldMovementsPage";
import { ProductListPage } from "@/features/product/ProductListPage";
import { ProductPage } from "@/features/product/ProductPage";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { TakeoverPage } from "@/features/takeover/TakeoverPage";
import { TodayPage } from "@/features/today/TodayPage";
import { UserListPage } from "@/features/user/UserListPage";
import { useSession } from "@/session/session";

/** Every address of the house and what stands there; a door that is not for this role leads to its own first room. */
export function Rooms({ onLeave }: { onLeave: () => void }) {
  const { role } = useSession();
  const [location] = useLocation();
  useFollowedHealth();
  const home = firstPath(role);
  const open = ROOMS.some(({ path, roles }) => roles.includes(role) && (path === "/" ? location === "/" : location.startsWith(path)));

  if (!open) return <Redirect to={home} replace />;
  if (location === "/desk") return <DeskScreen onLeave={onLeave} />;
  return (
    <Shell onLeave={onLeave}>
      <Switch>
        <Route path="/">
          <TodayPage />
        </Route>
        <Route path="/products">
          <ProductListPage />
        </Route>
        <Route path="/products/:id">{({ id }) => <ProductPage key={id} id={id} />}</Route>
        <Route path="/movements">
          <MovementListPage />
        </Route>
        <Route path="/movements/old">
          <OldMovementsPage />
        </Route>
        <Route path="/employees">
          <EmployeeListPage />
        </Route>
        <Route path="/employees/:id/enrolment">{({ id }) => <EnrolmentPage key={id} id={id} />}</Route>
        <Route path="/gate">
          <FaceGatePage />
        </Route>
        <Route path="/users">
          <UserListPage />
        </Route>
        <Route path="/audit">
          <AuditPage />
        </Route>
        <Route path="/backup">
          <BackupPage />
        </Route>
        <Route path="/takeover">
          <TakeoverPage />
        </Route>
        <Route path="/settings">
          <SettingsPage />
        </Route>
      </Switch>
    </Shell>
  );
}
