import { credentials, type Schemas } from '../../api/client'
import { Problem } from '../../api/problem'

// Sends the audio of a call as it is. Throws a Problem.
export async function uploadRecording(policy_no: string, attempt_id: string, file: File): Promise<Schemas['Recording']> {
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const address = `/api/calls/${encodeURIComponent(policy_no)}/recordings?attempt_id=${encodeURIComponent(attempt_id)}`
  for (;;) {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/octet-stream',
        'X-CSRF-Token': credentials.csrf,
        'Idempotency-Key': key,
      },
      body: file,
    }).catch(() => {
      throw Problem.unreachable()
    })
    if (response.ok) return (await response.json()) as Schemas['Recording']
    const problem = await Problem.of(response)
    if (problem.rule !== 'sign_in.needed') throw problem
    await credentials.signInAgain()
  }
}
