#include "bench_profiler/report/value_format.h"

#include "bench_profiler/report/graph_order.h"
#include "bench_profiler/report/measurement.h"

namespace bench_profiler {

int64_t ValueFormat::Scaled(int64_t value) const {
  if (!(ratio > 0) || ratio == 1) return value;
  return ToInt64(static_cast<double>(value) * ratio);
}

std::string ValueFormat::operator()(int64_t value) const {
  return ScaledLabel(Scaled(value), from, to);
}

ValueFormat FormatFor(const PreparedReport& report) {
  return {1 / report.options.divide_by, report.value_unit, report.options.unit};
}

ValueFormat FormatFor(const PreparedReport& report, const Graph& graph) {
  ValueFormat format = FormatFor(report);
  if (format.to != "minimum" || graph.shown.empty()) return format;
  int64_t least = 0;
  for (const uint32_t id : graph.shown) {
    const Cost& cost = graph.nodes[id].cost;
    int64_t value = Abs(cost.FlatValue());
    if (value == 0) value = Abs(cost.CumValue());
    if (value > 0 && (least == 0 || value < least)) least = value;
  }
  if (least == 0) least = report.total;
  least = format.Scaled(least);
  const int64_t most = format.Scaled(report.total);

  std::string unit = Scale(least, format.from, "minimum").unit;
  // Two digits after the point are enough for a hundredth of a larger unit.
  if (unit != Scale(most, format.from, "minimum").unit && least * 100 < most) {
    unit = Scale(100 * least, format.from, "minimum").unit;
  }
  format.to = unit.empty() ? format.from : unit;
  return format;
}

}  // namespace bench_profiler
