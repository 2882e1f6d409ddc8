// The path of a person.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/held_situation.hpp"
#include "bindings/python/held_store.hpp"
#include "bindings/python/interruptible.hpp"
#include "bindings/python/records.hpp"

#include "insertion/parcours/records.hpp"
#include "insertion/parcours/records_instance.hpp"

#include "spie/parcours/equite.hpp"
#include "spie/parcours/immersion.hpp"
#include "spie/parcours/ruptures.hpp"
#include "spie/parcours/vigilance.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

py::object check_immersion(const HeldPack &pack, py::handle request, py::handle date) {
  const feel::Value asked = to_value(request);
  return give_record(parcours::verifier_immersion(*pack.pack, parcours::read_demande_immersion(*pack.pack, asked),
                                                  to_date(date, "au")));
}

py::object dossier_immersion(HeldStore &store, const HeldPack &pack, const std::string &subject, const std::string &id,
                             py::handle at, const std::optional<std::string> &known) {
  const dossier::Sujet about = to_subject(subject, "personne");
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return give_record(store.use([&](dossier::Journal &journal) {
    const auto here = dossier::situation(journal, about, date, how_far, rules_of(&pack));
    return parcours::verifier_immersion(*pack.pack, parcours::demande_du_dossier(here, id), date);
  }));
}

py::object vigilance(HeldStore &store, const HeldPack &pack, py::handle at, const std::optional<std::string> &known,
                     const std::optional<std::string> &structure, std::vector<std::string> moments, bool detail) {
  const parcours::OptionsVigilance options{to_date(at, "au"), to_known(known, "connu"), std::move(moments), structure};
  const parcours::Vigilance found = store.use([&](dossier::Journal &whole) {
    Interruptible journal(whole);
    return parcours::ReglesVigilance(pack.pack).cibler(journal, rules_of(&pack), options);
  });
  return to_python(parcours::to_value(found, detail));
}

py::object breaks(HeldStore &store, const HeldPack &pack, py::handle at, const std::optional<std::string> &known) {
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return to_python(parcours::to_value(store.use([&](dossier::Journal &whole) {
    Interruptible journal(whole);
    return parcours::ReglesRuptures(pack.pack).compter(journal, rules_of(&pack), date, how_far);
  })));
}

py::object diagnosis_delay(HeldStore &store, const HeldPack &pack, py::handle at,
                           const std::optional<std::string> &known) {
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return to_python(parcours::to_value(store.use([&](dossier::Journal &whole) {
    Interruptible journal(whole);
    return parcours::delai_median(journal, *pack.pack, rules_of(&pack), date, how_far);
  })));
}

py::object moments(const HeldPack &pack) {
  return to_python(parcours::to_value(parcours::ReglesVigilance(pack.pack).moments()));
}

py::object instances(HeldStore &store, py::handle at, const std::optional<std::string> &known) {
  const feel::Date date = to_date(at, "au");
  const dossier::Connaissance how_far = to_known(known, "connu");
  return give(
      store.use([&](dossier::Journal &journal) { return parcours::recenser_instances(journal, date, how_far); }), 0);
}

} // namespace

void register_parcours(py::module_ &module) {
  module.def("dossier_immersion", &dossier_immersion, py::arg("store"), py::arg("pack"), py::arg("subject"),
             py::arg("immersion"), py::arg("at"), py::arg("known"));
  module.def("vigilance", &vigilance, py::arg("store"), py::arg("pack"), py::arg("at"), py::arg("known"),
             py::arg("structure"), py::arg("moments"), py::arg("detail"));
  module.def("breaks", &breaks, py::arg("store"), py::arg("pack"), py::arg("at"), py::arg("known"));
  module.def("diagnosis_delay", &diagnosis_delay, py::arg("store"), py::arg("pack"), py::arg("at"), py::arg("known"));
  module.def("vigilance_moments", &moments, py::arg("pack"));
  module.def("instances", &instances, py::arg("store"), py::arg("at"), py::arg("known"));
  module.def("check_immersion", &check_immersion, py::arg("pack"), py::arg("request"), py::arg("date"));
}

} // namespace spie::python
