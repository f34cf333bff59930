export { WaitingList } from '@/features/products/waiting/WaitingList';
export { WaitingSync } from '@/features/products/waiting/WaitingSync';
