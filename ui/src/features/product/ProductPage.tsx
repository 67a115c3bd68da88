import { Skeleton } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useSearchParams } from "wouter";

import { BackLink } from "@/components/BackLink";
import { ErrorNotice } from "@/components/ErrorNotice";
import { Page } from "@/components/Page";
import { Panel } from "@/components/Panel";
import { LabelPanel } from "@/features/product/LabelPanel";
import { PicturePanel } from "@/features/product/PicturePanel";
import { ProductFacts } from "@/features/product/ProductFacts";
import { ProductForm } from "@/features/product/ProductForm";
import classes from "@/features/product/ProductPage.module.css";
import { ProductStock } from "@/features/product/ProductStock";
import { productQuery } from "@/features/product/queries";
import { useRole } from "@/session/session";

/** One product: `new` begins an empty one, with the code that a scan did not know. */
export function ProductPage({ id }: { id: string }) {
  return id === "new" ? <NewProduct /> : <KnownProduct id={id} />;
}

function NewProduct() {
  const [address] = useSearchParams();
  const [, navigate] = useLocation();
  return (
    <Page title={<Trans>New product</Trans>} before={<BackLink href="/products" />}>
      <div className={classes.columns}>
        <Panel>
          <ProductForm
            product={null}
            code={address.get("code")}
            onSaved={(saved) => {
              // The "?" takes the code out of the address, or the next new product would begin with it too.
              navigate(`/products/${saved.id}?`, { replace: true });
            }}
          />
        </Panel>
        <Panel
          title={<Trans>Picture and label</Trans>}
          explanation={<Trans>They can be added as soon as the product is saved.</Trans>}
        >
          {null}
        </Panel>
      </div>
    </Page>
  );
}

function KnownProduct({ id }: { id: string }) {
  const product = useQuery(productQuery(id));
  const mayWrite = useRole() === "admin";
  return (
    <Page
      title={product.data?.name ?? <Skeleton width={280} height={28} />}
      before={<BackLink href="/products" />}
    >
      {product.isError && <ErrorNotice error={product.error} onRetry={() => void product.refetch()} />}
      {product.data !== undefined && (
        <div className={classes.columns}>
          <div className={classes.main}>
            <ProductStock product={product.data} />
            <Panel>
              {mayWrite ? (
                // A newer version read from the server begins the form anew.
                <ProductForm key={product.data.version} product={product.data} code={null} />
              ) : (
                <ProductFacts product={product.data} />
              )}
            </Panel>
          </div>
          <div className={classes.side}>
            <PicturePanel product={product.data} mayWrite={mayWrite} />
            {(mayWrite || product.data.ownLabel !== null) && <LabelPanel product={product.data} mayWrite={mayWrite} />}
          </div>
        </div>
      )}
    </Page>
  );
}
