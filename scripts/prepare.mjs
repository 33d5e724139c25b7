// npm runs this after every install of the repository: what the packages alone do not bring.
import {installNode} from './node.mjs';
import {vendorWasm} from './vendor-wasm.mjs';

vendorWasm();
await installNode().catch(({message}) => console.warn(message)); // the library itself also works on an older one
