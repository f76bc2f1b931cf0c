// The policyholder's page: an entry of its own, without the parts of the workbench, for a small phone on a slow network.
import { createApp } from 'vue'
import './visit.css'
import VisitPage from './VisitPage.vue'

createApp(VisitPage).mount('#visit')
