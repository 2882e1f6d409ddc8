// The files of several registers, changed together.
#pragma once

#include "spie/credentials/registre.hpp"

#include <span>

namespace spie::credentials {

// As changer_registre, for each of them, one given twice being one. Files are taken in the order of their names, so
// that two who want the same ones never wait for each other.
void change_registers(std::span<const std::string> paths,
                      const std::function<void(std::span<Registre *const>)> &change);

} // namespace spie::credentials
