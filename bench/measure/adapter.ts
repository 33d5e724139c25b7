/** What a device's adapter says of itself. */
import {isSoftware} from '../../src/engine/device/gpu-device.js';

export function adapterName({adapterInfo}: GPUDevice): string {
  const {vendor, architecture, device, description} = adapterInfo;
  return [vendor, architecture, device, description].filter(Boolean).join(' ');
}

export const isSoftwareDevice = (device: GPUDevice): boolean =>
  device.adapterInfo.isFallbackAdapter || isSoftware(adapterName(device));
