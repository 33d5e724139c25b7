'use client';
import 'gpt-elements/autoloader.js';
import 'gpt-elements/react';
import type {GptModel} from 'gpt-elements/elements/gpt-model.js';
import {useRef, useState} from 'react';

export default function Page() {
  const model = useRef<GptModel>(null);
  const [loss, setLoss] = useState<number>();
  return (
    <main data-loss={loss}>
      <gpt-model
        ref={model}
        id="host"
        backend="wasm"
        seed={1}
        config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 32}'
        ongpt-eval={({detail}) => setLoss(detail.validation.loss)}
      />
      <attention-matrix for="host" text="Mia saw a big red kite." />
    </main>
  );
}
