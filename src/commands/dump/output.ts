import type { FileContent } from './file-content.ts';

/** What prints the files: told of each before it is read, and given those that can be printed. */
export interface DumpOutput {
  begin(path: string): Promise<void>;
  print(path: string, content: FileContent): Promise<void>;
  end(): Promise<void>;
}
