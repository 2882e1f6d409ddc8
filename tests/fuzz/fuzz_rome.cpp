// The files of a release of the ROME, whatever their bytes: each line is accounted for, nothing is said twice, and what
// is searched is found in a total order.
#include "tests/fuzz/fuzz.hpp"

#include "spie/json.hpp"
#include "spie/passeport/rome.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace spie;
using namespace spie::passeport;

namespace {

constexpr std::string_view skills = "code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,"
                                    "cat_comp,transition_eco,transition_num\n9990001,Compétence,Laver,,,,,,\n";
constexpr std::string_view jobs = "code_rome,code_ogr,libelle_rome,code_rome_parent\nZ9001,1,Cuisine,\n";

void read(const std::vector<FichierRome> &files, std::string_view text) {
  std::shared_ptr<const Rome> rome;
  try {
    rome = Rome::from_files("v1", files);
  } catch (const Error &) {
    return;
  }
  const LectureRome &lecture = rome->lecture();
  fuzz::promise(lecture.recus == lecture.lus + lecture.refuses_total, "each line is read or refused");
  fuzz::promise(lecture.hors_objet <= lecture.lus, "what is aside was read");
  fuzz::promise(lecture.fautes >= lecture.refuses_total, "each refusal has a fault");
  write_json(to_value(lecture));
  const std::string asked(text.substr(0, 64));
  const RechercheRome found = rome->chercher(asked, {{}, 10});
  fuzz::promise(found.entrees.size() == std::min<std::size_t>(10, static_cast<std::size_t>(found.total)),
                "the first are given");
  fuzz::promise(write_json(to_value(found)) == write_json(to_value(rome->chercher(asked, {{}, 10}))),
                "a search gives the same again");
  for (const EntreeRome &one : found.entrees)
    fuzz::promise(!rome->trouver(one.code, one.nature).empty(), "what is found has a code");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const FichierRome first{"unix_referentiel_competence_v1_utf8.csv", skills};
  read({{"unix_referentiel_competence_v1_utf8.csv", bytes}}, bytes);
  read({first, {"unix_referentiel_savoir_v1_utf8.csv", bytes}}, bytes);
  read({first, {"unix_referentiel_code_rome_v1_utf8.csv", bytes}}, bytes);
  read({first, {"unix_referentiel_appellation_v1_utf8.csv", bytes}}, bytes);
  const FichierRome second{"unix_referentiel_code_rome_v1_utf8.csv", jobs};
  read({first, second, {"unix_liens_rome_referentiels_v1_utf8.csv", bytes}}, bytes);
  read({first, second, {"unix_coherence_item_v1_utf8.csv", bytes}}, bytes);
  try {
    Rome::from_files("v1", std::vector<FichierRome>{{bytes, bytes}});
  } catch (const Error &) {
  }
  return 0;
}
