// The path of a person.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/records.hpp"

#include "insertion/parcours/records.hpp"

#include "spie/parcours/immersion.hpp"

namespace spie::python {
namespace {

py::object check_immersion(const HeldPack &pack, py::handle request, py::handle date) {
  const feel::Value asked = to_value(request);
  return give_record(parcours::verifier_immersion(*pack.pack, parcours::read_demande_immersion(*pack.pack, asked),
                                                  to_date(date, "au")));
}

} // namespace

void register_parcours(py::module_ &module) {
  module.def("check_immersion", &check_immersion, py::arg("pack"), py::arg("request"), py::arg("date"));
}

} // namespace spie::python
