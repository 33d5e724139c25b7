import 'gpt-elements/autoloader.js';
import 'gpt-elements/react';
import {useState} from 'react';
import {createRoot} from 'react-dom/client';

function App() {
  const [step, setStep] = useState(0);
  return (
    <main data-step={step}>
      <gpt-model
        id="host"
        backend="wasm"
        seed={1}
        config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 32}'
        ongpt-step={({detail}) => setStep(detail.step)}
      />
      <attention-matrix for="host" text="Mia saw a big red kite." without-footer />
    </main>
  );
}

createRoot(document.getElementById('app')!).render(<App />);
