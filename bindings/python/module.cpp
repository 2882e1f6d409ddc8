// spie._core: the C++ engine as Python sees it. Private; what people touch is python/spie/*.py.
#include "bindings/python/core.hpp"
#include "crypto/own_library.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The C++ engine of spie. Private: use spie and its modules.";
#ifdef SPIE_OWN_LIBCRYPTO
  spie::crypto::leave_settings_of_the_machine();
#endif
  spie::python::register_errors(module);
  spie::python::register_values(module);
  spie::python::register_feel(module);
  spie::python::register_results(module);
  spie::python::register_dmn(module);
  spie::python::register_pack(module);
  spie::python::register_table(module);
  spie::python::register_convention(module);
  spie::python::register_store(module);
  spie::python::register_droits(module);
  spie::python::register_conservation(module);
  spie::python::register_import(module);
  spie::python::register_parcours(module);
  spie::python::register_rome(module);
  spie::python::register_badges(module);
  spie::python::register_records(module);
}
