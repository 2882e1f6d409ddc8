// Events from outside: a list of them, appended to a journal. What is taken is read back as it was written, the chain
// holds, and every subject has a situation.
#include "tests/fuzz/fuzz.hpp"

#include "spie/dossier/situation.hpp"
#include "spie/json.hpp"
#include "spie/store/memory.hpp"

using namespace spie;
using namespace spie::dossier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const auto journal = store::open_memory();
  const Instant at{1'646'467'200'000};
  try {
    const feel::Value value = read_json(fuzz::text_of(data, size), "fuzz.json");
    if (!value.is(feel::Kind::list))
      return 0;
    for (const feel::Value &item : value.list()) {
      std::vector events{read_evenement(item)};
      journal->append(events, at);
      const Evenement &event = events.front();
      fuzz::promise(feel::identical(to_value(journal->find(event.id).value()), to_value(event)),
                    "an event is read back as it was appended");
    }
  } catch (const Error &) { // a refusal: what came before it stands
  }
  fuzz::promise(journal->verify().intact, "the chain holds");
  for (const Sujet &subject : journal->subjects(Genre::personne, "", 100)) {
    const auto events = journal->about(subject);
    bool holds = false;
    for (const Evenement &event : events)
      holds = holds || event.sujets.front() == subject;
    if (!holds)
      continue;
    const Situation seen = situation(*journal, subject, feel::Date{19'000});
    (void)write_json(to_value(seen));
    (void)write_json(valeurs(seen));
    for (const Fait &fact : seen.faits)
      fuzz::promise(!historique(*journal, subject, fact.du_foyer ? "foyer." + fact.type : fact.type).empty(),
                    "a fact has a history");
  }
  return 0;
}
