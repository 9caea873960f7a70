import { z } from 'zod';

/** Which faces are recognised. */
export const quality = z.strictObject({
  minFacePx: z.number().min(8).default(24).describe('Shorter side of the face box, source pixels.'),
  minScore: z.number().min(0).max(1).default(0.6).describe('Detector confidence, 0–1.'),
  minSharpness: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'Variance of the Laplacian of the levelled face (88 px; with inference.expression fast its box, 112 px), grey levels²; 0 switches the limit off.',
    ),
  maxYawDeg: z.number().min(0).max(90).default(60).describe('|yaw| above this is not recognised, degrees.'),
  maxPitchDeg: z.number().min(0).max(90).default(45).describe('|pitch| above this is not recognised, degrees.'),
});

/** Which faces look at the camera. */
export const attention = z.strictObject({
  maxYawDeg: z.number().min(0).max(90).default(15).describe('|yaw| for attention, degrees.'),
  maxPitchDeg: z.number().min(0).max(90).default(15).describe('|pitch| for attention, degrees.'),
});

/** The same keys without defaults, so that what a stream leaves out comes from the site's section. */
export const overrides = <Shape extends Record<string, z.ZodDefault>>(object: z.ZodObject<Shape>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(object.shape).map(([key, value]) => [
        key,
        (value.unwrap() as z.ZodNumber).describe(value.description ?? '').optional(),
      ]),
    ) as { [Key in keyof Shape]: z.ZodOptional<z.ZodNumber> },
  );
