import {collectBlob} from '../../checkpoint/collect-blob.js';
import type {FileToWrite} from '../../checkpoint/file-to-write.js';
import {classifierScript} from '../../checkpoint/hugging-face/classifier-script.js';
import {pythonScript} from '../../checkpoint/hugging-face/python-script.js';
import {writeClassifier} from '../../checkpoint/hugging-face/write-classifier.js';
import {writeFolder} from '../../checkpoint/hugging-face/write-folder.js';
import {trainingFile} from '../../checkpoint/training-file.js';
import {writeZip} from '../../checkpoint/zip/write-zip.js';
import {mergedWeight} from '../../model/lora.js';
import type {TrainingSession} from '../../training/session.js';
import type {SaveOptions} from '../protocol.js';
import {classNames} from './class-names.js';
import type {OpenModel} from './open-model.js';

/**
 * Writes a model as a file, tensor by tensor. The browser keeps the blob's bytes, on disk where they are many.
 * @throws {HuggingFaceError | TokenizerSpecError | RangeError} where the format cannot hold it; the message says what to do
 */
export async function saveFile(model: OpenModel, options: SaveOptions, signal: AbortSignal): Promise<Blob> {
  const [chunks, type] =
    options.format === 'checkpoint'
      ? [checkpointFile(model).chunks(), 'application/octet-stream']
      : [writeZip(folderOf(model, options)), 'application/zip'];
  return collectBlob(chunks, {type, signal});
}

function checkpointFile(model: OpenModel): FileToWrite {
  const {session, source, spec, history, runId, changes} = model;
  const {arenas, stepsDone: step, tokensSeen, seed} = session;
  const {corpus, task, trainShare, stride} = spec;
  return trainingFile({
    config: source.config,
    tokenizer: source.tokenizer.spec,
    run: {
      ...{corpus, task, trainShare, stride, seed, step, tokensSeen},
      ...{options: session.options, changes, history, runId},
    },
    layout: arenas.layout,
    learning: step > 0 ? arenas.learning : {slots: [], length: 0},
    read: (name, slot) => arenas.readSlot(name, slot),
  });
}

function folderOf(model: OpenModel, {format, dtype}: SaveOptions): Map<string, FileToWrite> {
  const {source, session} = model;
  const {config, tokenizer} = source;
  const weight = (name: string) => readMerged(session, name);
  const classes = classNames(model.spec.task);
  const files = classes
    ? writeClassifier({config, tokenizer, weight, classes}, {dtype})
    : writeFolder({config, tokenizer, weight}, {dtype});
  if (format === 'script') {
    if (classes) files.set('classify.py', classifierScript());
    else files.set('generate.py', pythonScript(session.options.samplePrompt));
  }
  return files;
}

/** Returns a parameter as it computes: with its adapter added, which no other format knows. */
function readMerged({arenas, config, task}: TrainingSession, name: string): Promise<Float32Array> {
  const slots = new Map(arenas.layout.slots.map((slot) => [slot.name, slot]));
  const read = (name: string) => arenas.readSlot('theta', slots.get(name)!);
  const {lora} = task.tuning;
  return lora ? mergedWeight(name, config, lora, read) : read(name);
}
