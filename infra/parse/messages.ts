import { z } from 'zod';
import type { Message } from '../../domain/prompts/message.js';

/** The door for prompts read back from the store. */
export const messagesSchema: z.ZodType<Message[]> = z.array(
  z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }),
);
