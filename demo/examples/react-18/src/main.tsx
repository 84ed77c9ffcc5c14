import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Lesson } from './lesson';

const app = document.querySelector('#app');
if (app) {
  createRoot(app).render(
    <StrictMode>
      <Lesson />
    </StrictMode>,
  );
}
