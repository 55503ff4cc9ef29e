/**
 * A PDF to be kept as a file of this name, which holds nothing but the characters of an id. As everything this API says,
 * no cache may keep it.
 */
export function pdfAnswer(pdf: Uint8Array, filename: string): Response {
  return new Response(new Uint8Array(pdf), {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${filename}"`,
      'cache-control': 'no-store',
    },
  });
}
