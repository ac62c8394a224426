// view.py: opens the series of its own folder in ParaView, with sensible colours. Written for ParaView 5.11
// and later: a plane is shown as 'Surface' (its default 'Slice' is blank in batch), a single colour is set
// through ColorArrayName (ColorBy(rep, None) throws in 5.11).
#include <fmt/format.h>

#include "io/json_text.hpp"
#include "io/vtk_writer.hpp"
#include "io/writers.hpp"

namespace fpk::io {

namespace {

constexpr const char* opening = R"py("""Shows this folder's density and particles in ParaView.

    paraview --script=view.py          look, turn, play the series
    pvbatch view.py picture.png        only a picture, of the last time
"""
import os
import sys

from paraview.simple import *

)py";

constexpr const char* body = R"py(
FOLDER = os.path.dirname(os.path.abspath(__file__)) if "__file__" in globals() else os.getcwd()
PARTICLE = [0.85, 0.25, 0.05]  # particles, over every colour of the density
INK = [0.1, 0.1, 0.1]

sides = [high - low for low, high in zip(LOWER, UPPER)]
longest = max(sides)
# An axis much shorter than the others is stretched, and its labels keep the true numbers.
scale = [max(1.0, 0.4 * longest / side) if side > 0 else 1.0 for side in sides]

LoadPalette(paletteName="WhiteBackground")
view = GetActiveViewOrCreate("RenderView")
view.ViewSize = [1200, 900]  # of a picture; a window keeps its own
view.OrientationAxesVisibility = 1 if DIMENSION == 3 else 0


def series(name):
    path = os.path.join(FOLDER, name + ".pvd")
    return PVDReader(registrationName=name, FileName=path) if os.path.exists(path) else None


density, particles = series("density"), series("particles")
scene = GetAnimationScene()
scene.UpdateAnimationUsingDataTimeSteps()
scene.GoToLast()

# The colours span the density of the last time; an earlier, sharper density saturates.
if density is not None:
    times = density.TimestepValues
    density.UpdatePipeline(times[-1] if hasattr(times, "__len__") else times)
    top = density.CellData[FIELD].GetRange()[1] or 1.0
    colours = GetColorTransferFunction(FIELD)
    colours.ApplyPreset("Viridis (matplotlib)", True)
    colours.RescaleTransferFunction(0.0, top)
    colours.AutomaticRescaleRangeMode = "Never"


def coloured_by_field(shown, where):
    ColorBy(shown, (where, FIELD))
    colours.RescaleTransferFunction(0.0, top)
    shown.SetScalarBarVisibility(view, True)
    bar = GetScalarBar(colours, view)
    bar.WindowLocation = "Any Location"
    bar.Position = [0.89, 0.3]
    bar.ScalarBarLength = 0.4
    bar.ScalarBarThickness = 14
    bar.TitleFontSize = bar.LabelFontSize = 14
    bar.TitleJustification = "Left"
    bar.HorizontalTitle = 1
    bar.RangeLabelFormat = bar.LabelFormat = "%-#.3g"
    bar.AddRangeLabels = 1
    bar.UseCustomLabels = 1
    bar.CustomLabels = [float("%.2g" % (top * share)) for share in (0.25, 0.5, 0.75)]


def one_colour(shown, rgb):
    shown.ColorArrayName = [None, ""]
    shown.AmbientColor = shown.DiffuseColor = rgb


def on_points(source):
    return CellDatatoPointData(registrationName="density at points", Input=source)


def show_line():
    """The density as a curve above its axis."""
    global scale
    scale = [1.0, 0.5 * sides[0] / top, 1.0]
    curve = WarpByScalar(registrationName="density as height", Input=on_points(density))
    curve.Scalars = ["POINTS", FIELD]
    curve.UseNormal = 1
    curve.Normal = [0.0, 1.0, 0.0]
    shown = Show(curve, view)
    shown.SetRepresentationType("Wireframe")
    shown.LineWidth = 3.0
    one_colour(shown, [0.0, 0.45, 0.7])
    return shown


def show_plane():
    shown = Show(density, view)
    shown.SetRepresentationType("Surface")
    shown.Ambient, shown.Diffuse = 1.0, 0.0  # the colours of the bar, not shaded ones
    coloured_by_field(shown, "CELLS")
    return shown


def show_isosurfaces():
    surfaces = Contour(registrationName="isosurfaces", Input=on_points(density))
    surfaces.ContourBy = ["POINTS", FIELD]
    surfaces.Isosurfaces = [share * top for share in (0.1, 0.4, 0.75)]
    shown = Show(surfaces, view)
    shown.SetRepresentationType("Surface")
    shown.Opacity = 0.35
    shown.Ambient = 0.35
    coloured_by_field(shown, "POINTS")
    return shown


if density is not None:
    shown = {1: show_line, 2: show_plane, 3: show_isosurfaces}[DIMENSION]()
    shown.Scale = scale
    axes = view.AxesGrid
    axes.Visibility = 1
    axes.DataScale = scale
    axes.XTitle, axes.YTitle, axes.ZTitle = NAMES
    axes.AxesToLabel = 7  # the near sides only
    for axis in ("X", "Y", "Z"):
        setattr(axes, axis + "TitleColor", INK)
        setattr(axes, axis + "LabelColor", INK)
        setattr(axes, axis + "TitleFontSize", 16)
        setattr(axes, axis + "LabelFontSize", 14)
    axes.GridColor = [0.5, 0.5, 0.5]

if particles is not None:
    # A little in front of the plane (below the axis of a line), so that the density does not hide them.
    lift = {1: [0.0, -0.02 * longest, 0.0], 2: [0.0, 0.0, 0.01 * longest], 3: [0.0, 0.0, 0.0]}[DIMENSION]
    lifted = Transform(registrationName="particles in front", Input=particles)
    lifted.Transform.Translate = lift
    lifted.Transform.Scale = scale if DIMENSION > 1 else [1.0, 1.0, 1.0]
    dots = Show(lifted, view)
    dots.SetRepresentationType("Points")
    dots.PointSize = 3.0
    dots.Opacity = 0.6  # thousands of them must not hide the density
    one_colour(dots, PARTICLE)

label = Text(registrationName="title", Text=TITLE)
shown_label = Show(label, view)
shown_label.WindowLocation = "Upper Center"
shown_label.Color = INK
shown_label.FontSize = 20
clock = AnnotateTime(registrationName="time", Format="t = {time:g}")
shown_clock = Show(clock, view)
shown_clock.WindowLocation = "Lower Left Corner"
shown_clock.Color = INK
shown_clock.FontSize = 18

if DIMENSION < 3:
    view.InteractionMode = "2D"
    view.CameraParallelProjection = 1
    ResetCamera(view)
else:
    view.CameraPosition = [high + 2 * side for high, side in zip(UPPER, (sides[0], -3 * sides[1], sides[2]))]
    view.CameraFocalPoint = [(low + high) / 2 for low, high in zip(LOWER, UPPER)]
    view.CameraViewUp = [0.0, 0.0, 1.0]
    ResetCamera(view)
Render(view)

if len(sys.argv) > 1 and sys.argv[-1].endswith(".png"):
    SaveScreenshot(sys.argv[-1], view, ImageResolution=[1600, 1200])
)py";

/// A Python literal: JSON's text and numbers are Python's too.
std::string python(const Json& value) { return value.dump(-1, ' ', true, Json::error_handler_t::replace); }

}  // namespace

void VtkSeries::write_view(const std::string& title) const {
  if (!part_.processes().is_root()) return;
  const auto& grid = part_.grid();
  Json lower = {0.0, 0.0, 0.0}, upper = {0.0, 0.0, 0.0}, names = {"", "", ""};
  for (std::size_t a = 0; a < grid.dimension(); ++a) {
    lower[a] = grid.axis(a).lower();
    upper[a] = grid.axis(a).upper();
    names[a] = grid.axis(a).name();
  }
  if (grid.dimension() == 1) names[1] = "p";
  const auto facts = fmt::format(
      "TITLE = {}\nFIELD = {}\nDIMENSION = {}\nNAMES = {}\nLOWER, UPPER = {}, {}\n", python(title),
      python(coloured_by_), grid.dimension(), python(names), python(lower), python(upper));
  write_whole(folder_ / "view.py", opening + facts + body);
}

}  // namespace fpk::io
