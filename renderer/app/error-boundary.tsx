import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { appMessages } from './messages.en.ts';

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
    const { title, text, again } = appMessages.broken;
    return (
      <EmptyState
        icon={<CircleAlert aria-hidden />}
        title={title}
        action={<Button onClick={() => this.setState({ failed: undefined })}>{again}</Button>}
      >
        <p>{text}</p>
        <code>{failed}</code>
      </EmptyState>
    );
  }
}
