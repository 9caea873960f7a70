/** A drawn face that smiles as much as its visitor does; 0–100. */
export const KioskFace = ({ happiness, awake }: { readonly happiness: number; readonly awake: boolean }) => {
  const smile = Math.min(1, happiness / 70);
  const corner = 128 - smile * 10;
  const bottom = 132 + smile * 46;
  return (
    <svg class="kiosk-face" viewBox="0 0 200 200" aria-hidden="true">
      <circle class="kiosk-head" cx="100" cy="100" r="92" />
      {awake ? (
        <>
          <ellipse class="kiosk-eye" cx="68" cy="82" rx="9" ry={13 - smile * 4} />
          <ellipse class="kiosk-eye" cx="132" cy="82" rx="9" ry={13 - smile * 4} />
        </>
      ) : (
        <>
          <path class="kiosk-lid" d="M56 84q12 9 24 0" />
          <path class="kiosk-lid" d="M120 84q12 9 24 0" />
        </>
      )}
      <path
        class="kiosk-mouth"
        d={`M${String(62 - smile * 8)} ${String(corner)}Q100 ${String(bottom)} ${String(138 + smile * 8)} ${String(corner)}`}
      />
    </svg>
  );
};
