#pragma once

#include <functional>

#include "api/workplace.hpp"
#include "app/server_settings.hpp"

namespace shouyue::ports {

// Takes in the files of the contract that another system put into a folder: `<kind>-….csv` or `.xlsx`, as
// `policies-20211008.csv`; organisations, agents and products first, then by name. A file under its final name is
// complete, or, where the settings say so, one with `<name>.done` beside it; `.part` and hidden files wait. What was
// taken in goes to done/, what was not to failed/ with its reason in `<name>.error.txt`; rejected rows lie beside in
// `<name>.rejects.csv`. `note` is told of each file, without personal data.
Result<void> work_on_drop_folder(api::Workplace& workplace, const app::CoreSettings& settings,
                                 const std::function<void(const std::string&)>& note);

}  // namespace shouyue::ports
