import { address, credentials, newKey } from './client'
import { Problem } from './problem'

function sendOnce(url: string, file: Blob, onProgress: (sent: number) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('Idempotency-Key', newKey())
    request.setRequestHeader('X-CSRF-Token', credentials.csrf)
    request.responseType = 'text'
    request.upload.onprogress = (event) => onProgress(event.loaded)
    request.onerror = () => reject(Problem.unreachable())
    request.onload = () =>
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: { 'content-type': request.getResponseHeader('content-type') ?? '' },
        }),
      )
    request.send(file)
  })
}

// Sends a file as it is and gives the JSON that is answered; `onProgress` hears how many bytes are sent. Throws a
// Problem.
export async function sendFile<T>(
  path: string,
  parts: { path?: object; query?: object },
  file: Blob,
  onProgress: (sent: number) => void = () => undefined,
): Promise<T> {
  for (;;) {
    const response = await sendOnce(address(path, parts), file, onProgress)
    if (response.ok) return (await response.json()) as T
    const problem = await Problem.of(response)
    if (problem.rule !== 'sign_in.needed') throw problem
    await credentials.signInAgain()
  }
}
