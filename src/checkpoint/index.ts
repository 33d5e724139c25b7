/** Weights in files: safetensors, and Hugging Face's folders of GPT-2, also as zip files. No DOM, no tfjs; works in Node. */
export {ConfigError, type GPTConfig} from '../model/config.js';
export {parameterShapes, WeightsError} from '../model/parameters.js';
export {type ByteSource, blobSource, bytesSource, SourceError} from './byte-source.js';
export {bytesOfFile, type FileToWrite} from './file-to-write.js';
export {type ConfigRead, readConfig, writeConfig, writeGenerationConfig} from './hugging-face/config.js';
export {HuggingFaceError} from './hugging-face/error.js';
export {type OpenFolder, openFolder} from './hugging-face/open-folder.js';
export {type ReadWeightsOptions, readWeights, type WeightRead} from './hugging-face/read-weights.js';
export {type MappedTensor, mapTensors, type TensorMap, type TensorUse} from './hugging-face/tensor-map.js';
export {type ClassifierToWrite, writeClassifier} from './hugging-face/write-classifier.js';
export {type FolderOptions, type ModelToWrite, writeFolder} from './hugging-face/write-folder.js';
export {type OpenCheckpoint, type OpenRun, openCheckpoint} from './open-checkpoint.js';
export {readSafetensors, type SafetensorsFile, writeSafetensors} from './safetensors.js';
export {type Dtype, SafetensorsError} from './safetensors-header.js';
export type {WrittenDtype} from './safetensors-numbers.js';
export {
  type ByteProgress,
  type ReadOptions,
  SafetensorsReader,
  type SliceOptions,
  type TensorInfo,
  type TensorRead,
} from './safetensors-reader.js';
export {safetensorsFile, type TensorToWrite, type WriteOptions} from './safetensors-writer.js';
export {type SavedRun, type TrainingState, trainingFile} from './training-file.js';
export {ZipError} from './zip/error.js';
export {openZip} from './zip/open-zip.js';
export {writeZip} from './zip/write-zip.js';
