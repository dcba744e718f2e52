/** Letters, digits, ".", "_", "-" and ":" stay; everything else becomes "-". */
export function slug(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._:-]+/g, '-').replaceAll(/^-+|-+$/g, '') || '-';
}
