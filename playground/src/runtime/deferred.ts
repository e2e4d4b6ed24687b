/** A promise with its `resolve` and `reject`, for browsers without `Promise.withResolvers`. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;

  constructor() {
    let settle: [(value: T) => void, (reason: Error) => void] = [() => {}, () => {}];
    this.promise = new Promise<T>((resolve, reject) => {
      settle = [resolve, reject];
    });
    [this.resolve, this.reject] = settle;
  }
}
