import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// The server sends `<file>.gz` to whoever takes it.
function precompressed(): Plugin {
  let folder = ''
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle: () => {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(css|html|js|svg)$/.test(entry.name)) continue
        const path = join(entry.path, entry.name)
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  plugins: [
    vue(),
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    precompressed(),
  ],
  build: {
    outDir: process.env.SHOUYUE_PAGES ?? '../build/pages',
    emptyOutDir: true,
    target: 'es2020',
    rollupOptions: { input: ['index.html', 'visit.html'] },
    chunkSizeWarningLimit: 700, // of the charts, which come when a page draws one
  },
  test: { include: ['src/**/*.test.ts'], environment: 'happy-dom' },
  server: { proxy: { '/api': process.env.SHOUYUE_SERVER ?? 'http://127.0.0.1:8080' } },
})
