import { createRoot } from 'react-dom/client';
// First, so that each module's own rules come after the common ones.
import './ui/ui.css';
import { App } from './App';
import { loadSession } from './auth/sessionState';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<App />);
  void loadSession();
}
