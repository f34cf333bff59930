import '@/styles/shop.css';

// Two imports make two short tasks, so the page reacts to input between them.
import('react-dom/client')
  .then(() => import('@/renderInBrowser'))
  .catch(() => {
    document.getElementById('incomplete')?.removeAttribute('hidden');
  });
