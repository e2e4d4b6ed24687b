/** Dots that show the state of a node by shape and color. */

import { css } from "lit";

export const stateStyles = css`
  .state-dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    border: 1.5px solid var(--reused);
    display: inline-block;
  }
  .state-dot.succeeded {
    background: var(--ran);
    border-color: var(--ran);
  }
  .state-dot.failed {
    background: var(--bad);
    border-color: var(--bad);
    border-radius: 1px;
  }
  .state-dot.overridden {
    background: var(--accent);
    border-color: var(--accent);
    border-radius: 0;
    transform: rotate(45deg) scale(0.85);
  }
  .state-dot.waiting {
    width: 0;
    height: 0;
    border: solid transparent;
    border-width: 0 4.5px 8px;
    border-bottom-color: var(--warn);
    border-radius: 0;
  }
  .state-dot.skipped {
    border-style: dotted;
  }
  .state-dot.running,
  .state-dot.queued {
    border-color: var(--accent);
    border-top-color: transparent;
  }
  .state-dot.idle,
  .state-dot.stale {
    border-color: var(--line-strong);
    border-style: dashed;
  }
  @media (prefers-reduced-motion: no-preference) {
    .state-dot.running {
      animation: turn 0.8s linear infinite;
    }
    @keyframes turn {
      to {
        transform: rotate(1turn);
      }
    }
  }
`;
