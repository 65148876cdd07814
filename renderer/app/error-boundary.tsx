import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMessages } from '../language/context.tsx';
import { appCatalogue } from './messages.ts';

/** A defect in one screen stays in that screen; the station knows nothing of it. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode },
  { readonly failed: string | undefined }
> {
  override state: { readonly failed: string | undefined } = { failed: undefined };

  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    return <Broken failed={failed} onAgain={() => this.setState({ failed: undefined })} />;
  }
}

function Broken({ failed, onAgain }: { readonly failed: string; readonly onAgain: () => void }) {
  const { title, text, again } = useMessages(appCatalogue).broken;
  return (
    <EmptyState icon={<CircleAlert aria-hidden />} title={title} action={<Button onClick={onAgain}>{again}</Button>}>
      <p>{text}</p>
      <code>{failed}</code>
    </EmptyState>
  );
}
