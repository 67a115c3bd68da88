import { Button, FileButton, Group } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPackage, IconPhotoPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Panel } from "@/components/Panel";
import { PICTURE_LIMIT_BYTES, pictureProblem, pictureToSend, type PictureProblem } from "@/features/product/picture";
import classes from "@/features/product/PicturePanel.module.css";
import { pictureQuery, useSetPicture } from "@/features/product/queries";
import { PRODUCT_FORM } from "@/features/product/testids";
import type { Product } from "@/ipc/bindings";

const BYTES_PER_MEGABYTE = 1024 * 1024;

/** The picture that the worker sees after a scan. */
export function PicturePanel({ product, mayWrite }: { product: Pick<Product, "id" | "name" | "hasPicture">; mayWrite: boolean }) {
  const { t } = useLingui();
  const picture = useQuery({ ...pictureQuery(product.id), enabled: product.hasPicture });
  const change = useSetPicture(product.id);
  const [problem, setProblem] = useState<PictureProblem | null>(null);
  const take = async (file: File | null) => {
    if (file === null) return;
    const found = pictureProblem(file);
    setProblem(found);
    if (found !== null) return;
    try {
      change.mutate(await pictureToSend(file));
    } catch {
      setProblem("unreadable");
    }
  };
  return (
    <Panel title={<Trans>Picture</Trans>}>
      <div className={classes.frame}>
        {product.hasPicture && picture.data ? (
          <img src={picture.data} alt={product.name} />
        ) : (
          <IconPackage size={64} stroke={1.25} aria-label={t`No picture yet`} />
        )}
      </div>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          <ProblemText problem={problem} />
        </p>
      )}
      {change.isError && <ErrorNotice error={change.error} />}
      {mayWrite && (
        <Group gap={8} mt={12}>
          <FileButton onChange={(file) => void take(file)} accept="image/jpeg,image/png,image/webp">
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={change.isPending}
                leftSection={<IconPhotoPlus size={18} />}
                data-testid={PRODUCT_FORM.picture}
              >
                <Trans>Choose a picture</Trans>
              </Button>
            )}
          </FileButton>
          {product.hasPicture && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={18} />}
              onClick={() => {
                change.mutate(null);
              }}
              data-testid={PRODUCT_FORM.pictureRemove}
            >
              <Trans>Remove</Trans>
            </Button>
          )}
        </Group>
      )}
    </Panel>
  );
}

function ProblemText({ problem }: { problem: PictureProblem }) {
  const limit = PICTURE_LIMIT_BYTES / BYTES_PER_MEGABYTE;
  switch (problem) {
    case "tooLarge":
      return <Trans>The picture is larger than {limit} MB. Choose a smaller one.</Trans>;
    case "wrongType":
      return <Trans>Choose a JPEG, PNG or WebP picture.</Trans>;
    case "unreadable":
      return <Trans>There is no picture in this file. Choose another one.</Trans>;
  }
}
