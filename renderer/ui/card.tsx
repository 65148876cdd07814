import type { ComponentProps } from 'react';
import styles from './card.module.css';
import { classNames } from './class-names.ts';
import type { Tone } from './tone.ts';

interface CardProps extends ComponentProps<'section'> {
  /** A coloured edge where the card as a whole says something. */
  readonly tone?: Tone | undefined;
  readonly flush?: boolean | undefined;
}

export function Card({ tone = 'neutral', flush = false, className, ...rest }: CardProps) {
  return <section {...rest} data-tone={tone} className={classNames(styles.card, flush && styles.flush, className)} />;
}
