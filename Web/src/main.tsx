import { createRoot } from 'react-dom/client';
import { App } from './App';
import { loadSession } from './auth/sessionState';
import './ui/ui.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<App />);
  void loadSession();
}
