/** A GPU device of our own: tfjs asks for few limits and features, and watches neither lost devices nor shader errors. */
export interface GpuDevice {
  device: GPUDevice;
  info: GPUAdapterInfo;
  description: string;
  /** False where the adapter is software (SwiftShader, lavapipe, WARP). */
  hardware: boolean;
  /** What the device has complained of since the last call. A wrong shader does not throw: it gives zeros. */
  takeErrors(): string[];
}

export const isSoftware = (description: string): boolean =>
  /swiftshader|llvmpipe|lavapipe|software|basic render|\bwarp\b/i.test(description);

const FEATURES = ['shader-f16', 'subgroups', 'timestamp-query'] as const satisfies GPUFeatureName[];
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies (keyof GPUSupportedLimits)[];

const describe = ({vendor, architecture, device, description}: GPUAdapterInfo): string =>
  description || [vendor, architecture, device].filter(Boolean).join(' ') || 'an unnamed GPU';

const requestAdapter = () => globalThis.navigator?.gpu?.requestAdapter({powerPreference: 'high-performance'});

const isHardware = (info: GPUAdapterInfo): boolean => !info.isFallbackAdapter && !isSoftware(describe(info));

/** Says whether the fastest adapter is hardware. Undefined: there is none. */
export async function hasHardwareGpu(): Promise<boolean | undefined> {
  const adapter = await requestAdapter();
  return adapter ? isHardware(adapter.info) : undefined;
}

/** Takes the fastest adapter, with all the limits and features it can give. Undefined: there is none. */
export async function requestGpu(): Promise<GpuDevice | undefined> {
  const adapter = await requestAdapter();
  if (!adapter) return undefined;
  const {info} = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  const errors: string[] = [];
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    if (errors.length < 10) errors.push(event.error.message); // one broken shader complains at every dispatch
  });
  return {
    device,
    info,
    description: describe(info),
    hardware: isHardware(info),
    takeErrors: () => errors.splice(0),
  };
}
