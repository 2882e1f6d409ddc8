#include "rules/analysis/table_analysis.hpp"

#include "rules/analysis/cover.hpp"
#include "rules/analysis/outputs.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace spie::analysis {

using dmn::Policy;
using dmn::Table;
using feel::Node;
using feel::Value;

namespace {

using Bound = Axis::Bound;

struct Column {
  std::size_t axis;
  std::vector<Cell> cells; // by rule
};

struct Rule {
  Box box;                          // all that it may match
  Box certain;                      // what it matches whatever its cells of another form hold
  std::vector<std::string> unknown; // by axis, how its cells of another form are written; empty where there is none
  bool exact = true;                // there is none
  bool dead = false;
};

std::string trimmed(const std::string &text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start == std::string::npos ? "" : text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

class Analysis {
public:
  Analysis(const Table &table, const Node &node, const Surroundings &surroundings, const Options &options)
      : table_(table), node_(node), around_(surroundings), options_(options), work_{options.work},
        outputs_(table, node) {}

  TableReport run() {
    report_.place = table_.place;
    report_.politique = table_.shown_policy;
    read();
    if (report_.analyse != Extent::impossible) {
      find_dead();
      find_gaps();
      compare_rules();
      find_mergeable();
      find_hidden();
      find_values();
      find_outputs();
    }
    tell_unknown();
    for (const std::string &reason : reasons_)
      report_.motif += (report_.motif.empty() ? "" : " ; ") + reason;
    return std::move(report_);
  }

private:
  bool keeps_many() const {
    return table_.policy != Policy::unique && table_.policy != Policy::first && table_.policy != Policy::any &&
           table_.policy != Policy::priority;
  }

  static constexpr std::size_t shown = 3; // of each kind, in the reasons

  void partial(std::string reason) {
    if (report_.analyse == Extent::complete)
      report_.analyse = Extent::partielle;
    if (std::find(reasons_.begin(), reasons_.end(), reason) != reasons_.end())
      return;
    if (reasons_.size() < shown)
      reasons_.push_back(std::move(reason));
    else if (reasons_.size() == shown)
      reasons_.emplace_back("…");
  }
  void out_of_work(const std::string &what) {
    partial("le travail est borné\u00a0: la recherche des " + what + " n’est pas finie");
  }
  template <class Kept> bool full(const Kept &kept, const std::string &what) {
    if (kept.size() < options_.listed)
      return false;
    partial("plus de " + std::to_string(options_.listed) + ' ' + what);
    return true;
  }

  // Columns over one expression speak of one input.
  void read() {
    std::vector<std::vector<const feel::Type *>> types;
    std::vector<std::vector<const feel::Constraint *>> constraints;
    std::vector<std::string> names;
    std::vector<bool> whole;
    std::vector<feel::List> listed;
    std::unordered_map<std::string, std::size_t> by_name;
    for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
      const Table::Input &input = table_.inputs[i];
      const std::string name = name_of(input, i);
      const auto [at, fresh] = by_name.try_emplace(name, names.size());
      if (fresh) {
        names.push_back(name);
        types.emplace_back();
        constraints.emplace_back();
        whole.push_back(false);
        listed.emplace_back();
      }
      const std::size_t axis = at->second;
      const Node &expression = *node_.children[i];
      types[axis].push_back(&input.type);
      types[axis].push_back(&expression.type);
      if (input.values)
        constraints[axis].push_back(input.values.get());
      whole[axis] = whole[axis] || (around_.whole && around_.whole(expression, input));
      if (expression.kind == feel::NodeKind::global)
        if (const auto found = around_.listed.find(expression.slot); found != around_.listed.end())
          listed[axis] = found->second;
      columns_.push_back({axis, {}});
    }
    for (std::size_t a = 0; a < names.size(); ++a)
      axes_.emplace_back(names[a], types[a], whole[a], std::move(listed[a]), std::move(constraints[a]),
                         around_.no_answers);

    for (std::size_t i = 0; i < columns_.size(); ++i)
      for (std::size_t rule = 0; rule < table_.rules.size(); ++rule) {
        Axis &axis = axes_[columns_[i].axis];
        Cell cell = read_cell(cell_at(rule, i), table_.inputs[i].slot, axis.kind(), around_.constants);
        axis.add(cell);
        columns_[i].cells.push_back(std::move(cell));
      }
    for (Axis &axis : axes_) {
      axis.cut(around_.constants);
      whole_.push_back(axis.domain());
    }
    rules_.resize(table_.rules.size());
    for (std::size_t rule = 0; rule < rules_.size(); ++rule)
      read(rule);
    // Where no rule tells anything, there is nothing to look at.
    if (!rules_.empty() && std::none_of(rules_.begin(), rules_.end(),
                                        [&](const Rule &rule) { return rule.exact || !(rule.box == whole_); }))
      report_.analyse = Extent::impossible;
  }
  // A column without an expression is read by its label (LoadOptions::strict).
  static std::string name_of(const Table::Input &input, std::size_t column) {
    for (const std::string *text : {&input.expression, &input.label})
      if (std::string name = trimmed(*text); !name.empty())
        return name;
    return "colonne " + std::to_string(column + 1);
  }
  void read(std::size_t at) {
    Rule &rule = rules_[at];
    rule.box = rule.certain = whole_;
    rule.unknown.resize(axes_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto &[axis, cells] = columns_[i];
      rule.box[axis] &= axes_[axis].atoms(cells[at], Bound::possible);
      rule.certain[axis] &= axes_[axis].atoms(cells[at], Bound::certain);
      if (!cells[at].exact()) {
        rule.exact = false;
        write(cell_at(at, i), rule.unknown[axis]);
      }
    }
  }
  const Node &cell_at(std::size_t rule, std::size_t input) const { return *node_.children[table_.cell(rule, input)]; }

  // Empty where a value of it may not be allowed.
  std::optional<feel::Context> witness(const Box &box) {
    feel::Context context;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      Value value = axes_[i].witness(axes_[i].piece(box[i], box[i]));
      if (!axes_[i].verified(value)) {
        partial("les valeurs permises de «\u00a0" + axes_[i].name() + "\u00a0» ne se laissent pas énumérer");
        return std::nullopt;
      }
      context.set(axes_[i].name(), std::move(value));
    }
    return context;
  }

  void find_dead() {
    for (std::size_t rule = 0; rule < rules_.size(); ++rule)
      if (std::any_of(rules_[rule].box.begin(), rules_[rule].box.end(), [](const Bits &set) { return !set.any(); })) {
        rules_[rule].dead = true;
        report_.mortes.push_back(rule + 1);
      }
  }

  void find_gaps() {
    if (std::any_of(whole_.begin(), whole_.end(), [](const Bits &set) { return !set.any(); }))
      return; // there is no input to speak of
    std::vector<const Box *> covers;
    for (const Rule &rule : rules_)
      if (!rule.dead)
        covers.push_back(&rule.box);
    Work work = work_.half();
    Uncovered found = uncovered(axes_, whole_, covers, options_.listed, work);
    work_.left += work.left;
    covered_ = found.finished && decide_holes(found.regions) && found.regions.empty();
    if (!found.finished) {
      if (!full(found.regions, "trous"))
        out_of_work("trous");
    }
    std::sort(found.regions.begin(), found.regions.end(), [](const Box &a, const Box &b) {
      for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].first() != b[i].first())
          return a[i].first() < b[i].first();
      return false;
    });
    for (const Box &region : found.regions) {
      auto values = witness(region);
      if (!values)
        continue;
      Gap gap{*std::move(values), {}, keeps_many() || outputs_.has_default() ? Level::note : Level::error};
      for (std::size_t i = 0; i < axes_.size(); ++i)
        if (axes_[i].is_other(region[i]))
          gap.niveau = Level::note;
      gap.region = in_words(region);
      report_.trous.push_back(std::move(gap));
    }
  }
  std::string in_words(const Box &region) const {
    std::string text;
    for (std::size_t i = 0; i < axes_.size(); ++i)
      if (const std::string words = axes_[i].words(region[i]); !words.empty())
        text += (text.empty() ? "" : " et ") + words;
    return text.empty() ? "toutes les entrées" : text;
  }

  // Whether what no rule takes for certain is all in the holes: elsewhere only a cell of another form may take it.
  bool decide_holes(const std::vector<Box> &holes) {
    std::vector<const Box *> covers;
    bool exact = true;
    for (const Rule &rule : rules_) {
      exact = exact && (rule.exact || rule.dead);
      if (!rule.dead)
        covers.push_back(&rule.certain);
    }
    if (exact)
      return true;
    for (const Box &hole : holes)
      covers.push_back(&hole);
    const Uncovered rest = uncovered(axes_, whole_, covers, shown + 1, work_);
    for (const Box &region : rest.regions)
      add_shown(open_holes_, in_words(region));
    if (rest.regions.empty() && !rest.finished)
      out_of_work("trous");
    return rest.regions.empty() && rest.finished;
  }
  static void add_shown(std::vector<std::string> &to, std::string text) {
    if (to.size() <= shown)
      to.push_back(to.size() == shown ? "…" : std::move(text));
  }

  static std::string listed(const std::vector<std::string> &texts, const char *between) {
    std::string list;
    for (const std::string &text : texts)
      list += (list.empty() ? "" : between) + text;
    return list;
  }
  // "1, 3 et 5 à 9"
  static std::string rules_in_words(const std::vector<std::size_t> &rules) {
    std::vector<std::string> runs;
    for (std::size_t i = 0, next = 0; i < rules.size(); i = next) {
      for (next = i + 1; next < rules.size() && rules[next] == rules[next - 1] + 1;)
        ++next;
      if (next - i > 2) {
        runs.push_back(std::to_string(rules[i]) + " à " + std::to_string(rules[next - 1]));
        continue;
      }
      for (std::size_t rule = i; rule < next; ++rule)
        runs.push_back(std::to_string(rules[rule]));
    }
    if (runs.size() < 2)
      return (rules.size() > 1 ? "règles " : "règle ") + runs.front();
    const std::string last = std::move(runs.back());
    runs.pop_back();
    return "règles " + listed(runs, ", ") + " et " + last;
  }

  // The cells that could not be read, each by its rule and its input, and what they leave undecided.
  void tell_unknown() {
    std::vector<std::string> cells;
    for (std::size_t a = 0; a < axes_.size(); ++a) {
      std::vector<std::size_t> rules;
      for (std::size_t rule = 0; rule < rules_.size(); ++rule)
        if (!rules_[rule].dead && !rules_[rule].unknown[a].empty())
          rules.push_back(rule + 1);
      if (!rules.empty())
        cells.push_back("«\u00a0" + axes_[a].name() + "\u00a0», " + rules_in_words(rules));
    }
    if (cells.empty())
      return;
    if (report_.analyse == Extent::complete)
      report_.analyse = Extent::partielle;
    std::string reason = listed(cells, " ; ") +
                         "\u00a0: la cellule n’est ni un intervalle, ni une liste de constantes, du "
                         "type de l’entrée";
    std::vector<std::string> open;
    if (!open_holes_.empty())
      open.push_back("des trous (" + listed(open_holes_, " ; ") + ')');
    if (!open_overlaps_.empty())
      open.push_back("des recouvrements (" + listed(open_overlaps_, ", ") + ')');
    if (!open_hidden_.empty())
      open.push_back("des règles cachées (" + listed(open_hidden_, ", ") + ')');
    if (!open.empty())
      reason += " ; restent indécis " + listed(open, ", ");
    else if (report_.analyse == Extent::partielle && reasons_.empty())
      reason += " ; les trous et les recouvrements n’en dépendent pas";
    reasons_.insert(reasons_.begin(), std::move(reason));
  }

  void compare_rules() {
    const std::uint64_t pair = 1 + Work::of(whole_);
    for (std::size_t i = 0; i < rules_.size(); ++i)
      for (std::size_t j = i + 1; j < rules_.size(); ++j) {
        if (!work_.take(pair)) {
          out_of_work("recouvrements");
          return;
        }
        const Rule &a = rules_[i], &b = rules_[j];
        if (a.dead || b.dead || !intersect(a.box, b.box))
          continue;
        if (intersect(a.certain, b.certain))
          add_overlap(i, j);
        else
          add_shown(open_overlaps_, std::to_string(i + 1) + " et " + std::to_string(j + 1));
        if (!outputs_.same(i, j))
          continue;
        if (within(a, b) && !full(report_.subsumees, "règles subsumées"))
          report_.subsumees.emplace_back(i + 1, j + 1);
        if (within(b, a) && !full(report_.subsumees, "règles subsumées"))
          report_.subsumees.emplace_back(j + 1, i + 1);
      }
    std::sort(report_.subsumees.begin(), report_.subsumees.end());
  }

  // What is written alike is the same, even where it is not known.
  bool within(const Rule &a, const Rule &b) const {
    for (std::size_t i = 0; i < axes_.size(); ++i)
      if (!b.certain[i].contains(a.box[i]) &&
          (a.unknown[i].empty() || a.unknown[i] != b.unknown[i] || !(a.box[i] == b.box[i])))
        return false;
    return true;
  }
  bool alike(const Rule &a, const Rule &b, std::size_t axis) const {
    return a.box[axis] == b.box[axis] && a.unknown[axis] == b.unknown[axis];
  }

  // Of too many, one that is a conflict is kept.
  void add_overlap(std::size_t i, std::size_t j) {
    bool conflict = table_.policy == Policy::unique;
    if (table_.policy == Policy::any) {
      const auto differ = outputs_.differ(i, j);
      if (!differ)
        partial("les sorties des règles " + std::to_string(i + 1) + " et " + std::to_string(j + 1) +
                " ne sont pas des constantes");
      conflict = differ.value_or(false);
    }
    if (full(report_.recouvrements, "recouvrements")) {
      if (!conflict || conflict_listed_)
        return;
      report_.recouvrements.pop_back();
    }
    auto values = witness(meet(rules_[i].certain, rules_[j].certain));
    if (!values)
      return;
    conflict_listed_ = conflict_listed_ || conflict;
    report_.recouvrements.push_back({i + 1, j + 1, *std::move(values), conflict});
  }

  void find_hidden() {
    if (table_.policy != Policy::first)
      return;
    std::vector<const Box *> earlier, perhaps; // what those before take for certain, and what they may
    bool exact = true;
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
      const Rule &one = rules_[rule];
      if (one.dead)
        continue;
      const std::optional<bool> hidden = covered(axes_, one.box, earlier, work_);
      if (!hidden) {
        out_of_work("règles cachées");
        return;
      }
      if (*hidden) {
        report_.cachees.push_back(rule + 1);
        hidden_.insert(rule);
      }
      exact = exact && one.exact;
      // Where it certainly matches and none before it may, it is seen; what meets none before it is not hidden.
      if (!exact && !*hidden) {
        const bool some =
            std::all_of(one.certain.begin(), one.certain.end(), [](const Bits &set) { return set.any(); });
        if (some
                ? covered(axes_, one.certain, perhaps, work_).value_or(true)
                : std::any_of(perhaps.begin(), perhaps.end(), [&](const Box *box) { return intersect(*box, one.box); }))
          add_shown(open_hidden_, std::to_string(rule + 1));
      }
      earlier.push_back(&one.certain);
      perhaps.push_back(&one.box);
    }
  }

  // Same outputs, and one column that differs: its cells can be listed in one.
  void find_mergeable() {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      std::unordered_map<std::size_t, std::vector<std::size_t>> groups; // by what the other columns hold
      for (std::size_t rule = 0; rule < rules_.size(); ++rule)
        if (rules_[rule].unknown[axis].empty() && !rules_[rule].dead) {
          std::size_t key = outputs_.hash(rule);
          for (std::size_t i = 0; i < axes_.size(); ++i)
            if (i != axis)
              key = key * 31 + (rules_[rule].box[i].hash() ^ std::hash<std::string>{}(rules_[rule].unknown[i]));
          groups[key].push_back(rule);
        }
      for (const auto &[key, rules] : groups)
        for (std::size_t a = 0; a < rules.size(); ++a)
          for (std::size_t b = a + 1; b < rules.size(); ++b) {
            const std::optional<bool> merge = mergeable(rules[a], rules[b], axis);
            if (!merge) {
              out_of_work("règles à fusionner");
              a = rules.size();
              break;
            }
            if (*merge)
              pairs.emplace_back(rules[a] + 1, rules[b] + 1);
          }
    }
    std::sort(pairs.begin(), pairs.end());
    for (const auto &pair : pairs)
      if (!full(report_.fusionnables, "règles à fusionner"))
        report_.fusionnables.push_back(pair);
  }
  bool each_counts() const { return keeps_many() && table_.policy != Policy::min && table_.policy != Policy::max; }
  bool keeps_order() const { return table_.policy == Policy::first || table_.policy == Policy::rule_order; }

  // Empty where the work was used up.
  std::optional<bool> mergeable(std::size_t i, std::size_t j, std::size_t axis) {
    const std::uint64_t pair = Work::of(whole_);
    if (!work_.take(pair))
      return std::nullopt;
    const Box &a = rules_[i].box, &b = rules_[j].box;
    for (std::size_t other = 0; other < axes_.size(); ++other)
      if (other != axis && !alike(rules_[i], rules_[j], other))
        return false;
    if (a[axis].contains(b[axis]) || b[axis].contains(a[axis]) || !outputs_.same(i, j))
      return false;
    if (each_counts() && a[axis].intersects(b[axis]))
      return false;
    if (!keeps_order())
      return true;
    bool up = true, down = true; // whether one may move to the place of the other
    for (std::size_t k = i + 1; k < j && (up || down); ++k) {
      if (outputs_.same(k, j))
        continue;
      if (!work_.take(2 * pair))
        return std::nullopt;
      up = up && !intersect(rules_[k].box, b);
      down = down && !intersect(rules_[k].box, a);
    }
    return up || down;
  }

  void find_values() {
    for (std::size_t a = 0; a < axes_.size(); ++a) {
      const Axis &axis = axes_[a];
      Bits tested = axis.domain() - axis.domain(); // named or held by a cell
      for (const Column &column : columns_) {
        if (column.axis != a)
          continue;
        for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
          const Cell &cell = column.cells[rule];
          if (cell.form == Cell::Form::all)
            continue;
          for (const Value &point : points_of(cell)) {
            tested.set(axis.find(point));
            if (!axis.allows(point) && !full(report_.valeurs_hors_domaine, "valeurs hors domaine"))
              report_.valeurs_hors_domaine.push_back(feel::Context{
                  {"regle", Value(static_cast<std::int64_t>(rule + 1))}, {"entree", axis.name()}, {"valeur", point}});
          }
          tested |= axis.atoms(cell, Bound::possible);
        }
      }
      for (const Value &value : axis.listed())
        if (!axis.holds(tested, value) && !full(report_.valeurs_non_testees, "valeurs non testées"))
          report_.valeurs_non_testees.push_back(feel::Context{{"entree", axis.name()}, {"valeur", value}});
    }
  }
  static std::vector<Value> points_of(const Cell &cell) {
    std::vector<Value> points;
    if (cell.is_point())
      points.push_back(cell.low);
    for (const Cell &part : cell.parts)
      for (Value &point : points_of(part))
        points.push_back(std::move(point));
    return points;
  }

  void find_outputs() {
    std::vector<std::size_t> counting;
    for (std::size_t rule = 0; rule < rules_.size(); ++rule)
      if (!rules_[rule].dead && hidden_.count(rule) == 0)
        counting.push_back(rule);
    outputs_.find_absent(counting, !covered_, report_.sorties_absentes);
    if (report_.sorties_absentes.size() > options_.listed) {
      report_.sorties_absentes.resize(options_.listed);
      full(report_.sorties_absentes, "sorties absentes");
    }
  }

  const Table &table_;
  const Node &node_;
  const Surroundings &around_;
  const Options &options_;
  Work work_;
  Outputs outputs_;
  TableReport report_;
  std::vector<std::string> reasons_, open_holes_, open_overlaps_, open_hidden_;
  std::vector<Axis> axes_;
  std::vector<Column> columns_;
  std::vector<Rule> rules_;
  Box whole_;
  std::set<std::size_t> hidden_;
  bool covered_ = false, conflict_listed_ = false;
};

} // namespace

TableReport analyse_table(const Table &table, const Node &node, const Surroundings &surroundings,
                          const Options &options) {
  return Analysis(table, node, surroundings, options).run();
}

} // namespace spie::analysis
