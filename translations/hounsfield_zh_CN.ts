<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>base</name>
    <message>
        <source>Free some space (%1 bytes are needed) and try again; the old file is untouched.</source>
        <translation>请腾出空间（需要 %1 字节）后重试；旧文件未受影响。</translation>
    </message>
    <message>
        <source>Choose another place or change its permissions; the old file is untouched.</source>
        <translation>请选择其他位置或修改其权限；旧文件未受影响。</translation>
    </message>
    <message>
        <source>The file cannot be written: %1.</source>
        <translation>无法写入文件：%1。</translation>
    </message>
    <message>
        <source>Writing stopped.</source>
        <translation>写入已停止。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1.</source>
        <translation>无法读取文件：%1。</translation>
    </message>
    <message>
        <source>The file has %1 bytes; at most %2 are read here.</source>
        <translation>文件有 %1 字节；此处最多读取 %2 字节。</translation>
    </message>
    <message>
        <source>The file cannot be read to its end.</source>
        <translation>无法将文件读到末尾。</translation>
    </message>
    <message>
        <source>The folder cannot be made: %1.</source>
        <translation>无法新建文件夹：%1。</translation>
    </message>
    <message>
        <source>Choose another place or change its permissions.</source>
        <translation>请选择其他位置或修改其权限。</translation>
    </message>
    <message>
        <source>A quotation mark stays open.</source>
        <translation>有一个引号没有闭合。</translation>
    </message>
    <message>
        <source>Close it and try again.</source>
        <translation>请补上引号后重试。</translation>
    </message>
    <message>
        <source>The table is empty.</source>
        <translation>表格是空的。</translation>
    </message>
    <message>
        <source>Row %1 has %2 cells, the heading has %3.</source>
        <translation>第 %1 行有 %2 个单元格，而表头有 %3 个。</translation>
    </message>
    <message>
        <source>"%1" is not one of %2.</source>
        <translation>“%1”不是 %2 之一。</translation>
    </message>
    <message>
        <source>"%1" is not a whole number.</source>
        <translation>“%1”不是整数。</translation>
    </message>
    <message>
        <source>"%1" is not a number.</source>
        <translation>“%1”不是数字。</translation>
    </message>
    <message>
        <source>%1 is out of range: it must be %2 to %3.</source>
        <translation>%1 超出范围：应为 %2 至 %3。</translation>
    </message>
    <message>
        <source>This option is needed.</source>
        <translation>此选项必须填写。</translation>
    </message>
    <message>
        <source>There is no such option.</source>
        <translation>没有这个选项。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
</context>
<context>
    <name>diagnosis</name>
    <message>
        <source>The model has no convolution that a heat map can be taken from.</source>
        <translation>该模型没有可用于生成热图的卷积层。</translation>
    </message>
    <message>
        <source>Choose a model trained by Hounsfield.</source>
        <translation>请选择由 Hounsfield 训练的模型。</translation>
    </message>
    <message>
        <source>The model has no convolution "%1".</source>
        <translation>该模型没有卷积层“%1”。</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>现有：%1。</translation>
    </message>
    <message>
        <source>Diagnosing slices</source>
        <translation>正在诊断各层面</translation>
    </message>
    <message>
        <source>There is no class %1: the model has %2.</source>
        <translation>没有类别 %1：该模型有 %2 个类别。</translation>
    </message>
    <message>
        <source>The image is of modality %1; the model was trained on %2.</source>
        <translation>该图像的检查类型为 %1；模型是用 %2 训练的。</translation>
    </message>
    <message>
        <source>The modality was not checked: the training data did not state it.</source>
        <translation>未核对检查类型：训练数据没有注明。</translation>
    </message>
    <message>
        <source>The modality was not checked: the image does not state it.</source>
        <translation>未核对检查类型：图像没有注明。</translation>
    </message>
    <message>
        <source>The image shows %1; the model was trained on %2.</source>
        <translation>该图像的部位为 %1；模型是用 %2 训练的。</translation>
    </message>
    <message>
        <source>The body part was not checked: the training data did not state it.</source>
        <translation>未核对检查部位：训练数据没有注明。</translation>
    </message>
    <message>
        <source>The body part was not checked: the image does not state it.</source>
        <translation>未核对检查部位：图像没有注明。</translation>
    </message>
    <message>
        <source>The image's photometric form is %1; the model was trained on %2.</source>
        <translation>该图像的光度表示为 %1；模型是用 %2 训练的。</translation>
    </message>
    <message>
        <source>The photometric form was not checked: the training data did not state it.</source>
        <translation>未核对光度表示：训练数据没有注明。</translation>
    </message>
    <message>
        <source>The photometric form was not checked: the image does not state it.</source>
        <translation>未核对光度表示：图像没有注明。</translation>
    </message>
    <message>
        <source>The size was not checked: the training data did not state it.</source>
        <translation>未核对尺寸：训练数据没有注明。</translation>
    </message>
    <message>
        <source>The image has %1×%2 pixels; the model was trained on %3×%4 to %5×%6.</source>
        <translation>该图像为 %1×%2 像素；模型是用 %3×%4 至 %5×%6 像素的图像训练的。</translation>
    </message>
    <message>
        <source>The size of a pixel was not checked: the training data did not state it.</source>
        <translation>未核对像素大小：训练数据没有注明。</translation>
    </message>
    <message>
        <source>The size of a pixel was not checked: the image does not state it.</source>
        <translation>未核对像素大小：图像没有注明。</translation>
    </message>
    <message>
        <source>A pixel of the image is %1 mm wide; the model was trained on %2 mm.</source>
        <translation>该图像的像素宽 %1 mm；模型是用 %2 mm 训练的。</translation>
    </message>
    <message>
        <source>The image is in colour; the model was trained on grey images.</source>
        <translation>该图像是彩色的；模型是用灰度图像训练的。</translation>
    </message>
    <message>
        <source>The image is grey; the model was trained on colour images.</source>
        <translation>该图像是灰度的；模型是用彩色图像训练的。</translation>
    </message>
    <message>
        <source>The model's input has %1 dimensions; heat maps need four.</source>
        <translation>模型的输入有 %1 维；热图需要四维。</translation>
    </message>
    <message>
        <source>%1 % of the image's values lie outside %2 to %3, which the model was trained on.</source>
        <translation>图像中 %1 % 的数值超出模型训练所用的范围 %2 至 %3。</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>The reader of image files has ended.</source>
        <translation>图像读取程序已终止。</translation>
    </message>
    <message>
        <source>The reader answered with an unsealed or overlong text.</source>
        <translation>读取程序返回了未封存或过长的文本。</translation>
    </message>
    <message>
        <source>The reader answered with a packet of no known kind.</source>
        <translation>读取程序返回了未知种类的数据包。</translation>
    </message>
    <message>
        <source>The header states sizes or numbers that cannot be.</source>
        <translation>文件头给出了不可能的尺寸或数值。</translation>
    </message>
    <message>
        <source>The file is damaged; leave it out.</source>
        <translation>文件已损坏；请不要使用它。</translation>
    </message>
    <message>
        <source>The reader answered for another number of images.</source>
        <translation>读取程序返回的图像数量不符。</translation>
    </message>
    <message>
        <source>Reading images</source>
        <translation>正在读取图像</translation>
    </message>
    <message>
        <source>The image was not read.</source>
        <translation>该图像未被读取。</translation>
    </message>
    <message>
        <source>None of the first of these %1 files can be read as an image.</source>
        <translation>这 %1 个文件中最前面的都不能作为图像读取。</translation>
    </message>
    <message>
        <source>There is no memory for %1 MB (%2).</source>
        <translation>没有 %1 MB 内存可用（%2）。</translation>
    </message>
    <message>
        <source>Close other programs or open a smaller series.</source>
        <translation>请关闭其他程序，或打开较小的序列。</translation>
    </message>
    <message>
        <source>The file does not exist or its folder cannot be read.</source>
        <translation>文件不存在，或其文件夹无法读取。</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>这是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>This is no ordinary file but a device, pipe or socket.</source>
        <translation>这不是普通文件，而是设备、管道或套接字。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The file cannot be reached (%1).</source>
        <translation>无法访问文件（%1）。</translation>
    </message>
    <message>
        <source>A message between program and reader cannot be understood (%1).</source>
        <translation>程序与读取程序之间的消息无法理解（%1）。</translation>
    </message>
    <message>
        <source>The reader answered without the content that was asked.</source>
        <translation>读取程序的回答中没有所要的内容。</translation>
    </message>
    <message>
        <source>The content is larger than the %1 bytes allowed here.</source>
        <translation>内容超过此处允许的 %1 字节。</translation>
    </message>
    <message>
        <source>The reader answered without a header.</source>
        <translation>读取程序的回答中没有文件头。</translation>
    </message>
    <message>
        <source>More frames are asked than the file has.</source>
        <translation>所要的帧数超过文件的帧数。</translation>
    </message>
    <message>
        <source>The reader of image files cannot be started (%1).</source>
        <translation>无法启动图像读取程序（%1）。</translation>
    </message>
    <message>
        <source>The program hounsfield-reader is missing.</source>
        <translation>缺少程序 hounsfield-reader。</translation>
    </message>
    <message>
        <source>Install Hounsfield again.</source>
        <translation>请重新安装 Hounsfield。</translation>
    </message>
    <message>
        <source>The folder cannot be opened (%1).</source>
        <translation>无法打开文件夹（%1）。</translation>
    </message>
    <message>
        <source>No reader of image files can be started (%1).</source>
        <translation>无法启动任何图像读取程序（%1）。</translation>
    </message>
    <message>
        <source>Reading the file took longer than %1 s and was given up.</source>
        <translation>读取文件超过 %1 秒，已放弃。</translation>
    </message>
    <message>
        <source>The file is damaged or made to do harm; leave it out.</source>
        <translation>文件已损坏或含有恶意内容；请不要使用它。</translation>
    </message>
    <message>
        <source>Reading the file took too much computing and was given up.</source>
        <translation>读取文件耗费计算过多，已放弃。</translation>
    </message>
    <message>
        <source>The file made its reader fail (%1).</source>
        <translation>该文件使读取程序出错（%1）。</translation>
    </message>
    <message>
        <source>The file made its reader fail.</source>
        <translation>该文件使读取程序出错。</translation>
    </message>
    <message>
        <source>There is no such file or folder.</source>
        <translation>没有这个文件或文件夹。</translation>
    </message>
    <message>
        <source>This is neither a file nor a folder.</source>
        <translation>这既不是文件也不是文件夹。</translation>
    </message>
    <message>
        <source>Reading headers</source>
        <translation>正在读取文件头</translation>
    </message>
    <message>
        <source>Ordering series</source>
        <translation>正在整理序列</translation>
    </message>
    <message>
        <source>%1 carries the UID of another image and shows another picture.</source>
        <translation>%1 带有另一幅图像的 UID，但显示的是不同的图像。</translation>
    </message>
    <message>
        <source>Another patient's images carry the same SeriesInstanceUID; they are kept apart.</source>
        <translation>另一位患者的图像带有相同的 SeriesInstanceUID；已分开列出。</translation>
    </message>
    <message>
        <source>Images of the same series with another orientation or size are listed on their own.</source>
        <translation>同一序列中方位或尺寸不同的图像已单独列出。</translation>
    </message>
    <message>
        <source>%1 images lie at one place: they are listed as %1 series.</source>
        <translation>%1 幅图像位于同一位置：列为 %1 个序列。</translation>
    </message>
    <message>
        <source>%1 is a copy of another image of this series.</source>
        <translation>%1 是本序列另一幅图像的副本。</translation>
    </message>
    <message>
        <source>Millimetres are those at the detector, not in the patient.</source>
        <translation>毫米数为探测器处的尺寸，而非患者体内的尺寸。</translation>
    </message>
    <message>
        <source>The size of a pixel is not known: lengths are in pixels.</source>
        <translation>像素大小未知：长度以像素为单位。</translation>
    </message>
    <message>
        <source>A slice is missing between slices %1 and %2.</source>
        <translation>第 %1 层与第 %2 层之间缺少一层。</translation>
    </message>
    <message>
        <source>%3 slices are missing between slices %1 and %2.</source>
        <translation>第 %1 层与第 %2 层之间缺少 %3 层。</translation>
    </message>
    <message>
        <source>Slices are missing at %1 more places.</source>
        <translation>另有 %1 处缺少层面。</translation>
    </message>
    <message>
        <source>The slices lie unevenly: %1 to %2 mm apart, the widest between slices %3 and %4.</source>
        <translation>层间距不均匀：%1 至 %2 mm，最大的在第 %3 层与第 %4 层之间。</translation>
    </message>
    <message>
        <source>The slices are sheared by %1°, as with a tilted gantry.</source>
        <translation>各层面倾斜 %1°，类似机架倾斜。</translation>
    </message>
    <message>
        <source>The slices lie too far apart for other planes: look at them one by one.</source>
        <translation>层间距过大，无法生成其他平面：请逐层查看。</translation>
    </message>
    <message>
        <source>Other planes are interpolated in true millimetres.</source>
        <translation>其他平面按真实毫米数插值。</translation>
    </message>
    <message>
        <source>ImageOrientationPatient is no orientation: left and right are not known.</source>
        <translation>ImageOrientationPatient 不是有效方位：左右未知。</translation>
    </message>
    <message>
        <source>The images do not say where they lie: look at them one by one.</source>
        <translation>图像没有注明位置：请逐层查看。</translation>
    </message>
    <message>
        <source>The orientation is not known: left and right are not shown.</source>
        <translation>方位未知：不显示左右。</translation>
    </message>
    <message>
        <source>RescaleSlope is 0: every value would become the same.</source>
        <translation>RescaleSlope 为 0：所有数值都会相同。</translation>
    </message>
    <message>
        <source>This is a pipe, not a file.</source>
        <translation>这是管道，不是文件。</translation>
    </message>
    <message>
        <source>This is a socket, not a file.</source>
        <translation>这是套接字，不是文件。</translation>
    </message>
    <message>
        <source>This is a device, not a file.</source>
        <translation>这是设备，不是文件。</translation>
    </message>
    <message>
        <source>This link leads nowhere.</source>
        <translation>该链接没有指向任何内容。</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>正在查找文件</translation>
    </message>
    <message>
        <source>The folder cannot be read.</source>
        <translation>无法读取文件夹。</translation>
    </message>
    <message>
        <source>This link leads to a folder that is listed already.</source>
        <translation>该链接指向已列出的文件夹。</translation>
    </message>
    <message>
        <source>The folder cannot be read: %1.</source>
        <translation>无法读取文件夹：%1。</translation>
    </message>
    <message>
        <source>Ask for the right to read it.</source>
        <translation>请获取读取权限。</translation>
    </message>
    <message>
        <source>It may be damaged: copy it again from its source, or leave it out.</source>
        <translation>文件可能已损坏：请从来源重新复制，或将其排除。</translation>
    </message>
    <message>
        <source>Have it exported in another form.</source>
        <translation>请以其他格式重新导出。</translation>
    </message>
</context>
<context>
    <name>hounsfield::desktop::ReportsDesk</name>
    <message>
        <source>Tied to slice %1 of the series in the viewer.</source>
        <translation>已与阅片中该序列的第 %1 层关联。</translation>
    </message>
    <message>
        <source>The series of this place is not in the list of studies. Open its folder, then try again.</source>
        <translation>该位置所在的序列不在检查列表中。请打开其文件夹后重试。</translation>
    </message>
    <message>
        <source>No report belongs to this study. Import it, or open it and link it by hand.</source>
        <translation>没有属于此检查的报告。请导入报告，或打开报告后手动关联。</translation>
    </message>
</context>
<context>
    <name>hounsfield::desktop::Workbench</name>
    <message>
        <source>Folder to look for moved images in</source>
        <translation>要在其中查找已移动图像的文件夹</translation>
    </message>
    <message>
        <source>Every labelled image is where it was.</source>
        <translation>所有带标签的图像都在原处。</translation>
    </message>
    <message>
        <source>Found again: %1 of %2 labelled images.</source>
        <translation>已重新找到带标签的图像：%1 / %2。</translation>
    </message>
    <message>
        <source>Your project</source>
        <translation>您的项目</translation>
    </message>
</context>
<context>
    <name>hounsfield::plots::CalibrationPlot</name>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Expected calibration error %1</source>
        <translation>期望校准误差 %1</translation>
    </message>
    <message>
        <source>Probability the model gave</source>
        <translation>模型给出的概率</translation>
    </message>
    <message>
        <source>Share that was true</source>
        <translation>实际为真的比例</translation>
    </message>
    <message>
        <source>There is nothing to compare yet.</source>
        <translation>还没有可比较的内容。</translation>
    </message>
    <message>
        <source>ECE %1</source>
        <translation>ECE %1</translation>
    </message>
</context>
<context>
    <name>hounsfield::plots::ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Label %1, model said %2. Cases: %3 (%4 % of the row)</source>
        <translation>标签 %1，模型判为 %2。病例数：%3（占该行 %4 %）</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Model said</source>
        <translation>模型判断</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>There is nothing to compare yet.</source>
        <translation>还没有可比较的内容。</translation>
    </message>
    <message>
        <source>%1. Click to see them.</source>
        <translation>%1。点击查看这些病例。</translation>
    </message>
</context>
<context>
    <name>hounsfield::plots::CurvePlot</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <translation>%1 %2：%3</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>hounsfield::plots::Histogram</name>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>%1, cases: %2</source>
        <translation>%1，病例数：%2</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>There is nothing to count yet.</source>
        <translation>还没有可统计的内容。</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
</context>
<context>
    <name>hounsfield::plots::RocPlot</name>
    <message>
        <source>%1: AUC %2 (%3–%4)</source>
        <translation>%1：AUC %2（%3–%4）</translation>
    </message>
    <message>
        <source>ROC curve</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>1 − specificity</source>
        <translation>1 − 特异度</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <source>There is no curve: it takes cases of two classes.</source>
        <translation>没有曲线：需要两个类别的病例。</translation>
    </message>
    <message>
        <source>%1: sensitivity %2 at specificity %3</source>
        <translation>%1：特异度为 %3 时灵敏度为 %2</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::AgreementTable</name>
    <message>
        <source>All labels</source>
        <translation>全部标签</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2, n = %3</source>
        <translation>95 % 区间 %1 至 %2，n = %3</translation>
    </message>
    <message>
        <source>Undefined: too little was seen, n = %1</source>
        <translation>无法计算：样本太少，n = %1</translation>
    </message>
    <message>
        <source>Cohen's κ of the labels of whole reports</source>
        <translation>整份报告标签的 Cohen κ</translation>
    </message>
    <message>
        <source>Cohen's κ of the status of findings that both have marked</source>
        <translation>双方均标注的所见之状态的 Cohen κ</translation>
    </message>
    <message>
        <source>F1 of annotations with the same words and label</source>
        <translation>文字与标签都相同的标注的 F1</translation>
    </message>
    <message>
        <source>F1 of annotations with the same label whose words overlap</source>
        <translation>标签相同且文字重叠的标注的 F1</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>κ
report</source>
        <translation>κ
报告</translation>
    </message>
    <message>
        <source>κ
status</source>
        <translation>κ
状态</translation>
    </message>
    <message>
        <source>F1
exact</source>
        <translation>F1
完全</translation>
    </message>
    <message>
        <source>F1
overlap</source>
        <translation>F1
重叠</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2, n = %3; Krippendorff's α %4</source>
        <translation>95 % 区间 %1 至 %2，n = %3；Krippendorff α %4</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::AnnotationPanel</name>
    <message>
        <source>Key %1</source>
        <translation>按键 %1</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <source>Size, mm</source>
        <translation>大小，mm</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Join it with another annotation</source>
        <translation>与另一处标注建立关系</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Take this annotation away</source>
        <translation>移除此标注</translation>
    </message>
    <message>
        <source>Kind of the relation</source>
        <translation>关系类型</translation>
    </message>
    <message>
        <source>The other annotation</source>
        <translation>另一处标注</translation>
    </message>
    <message>
        <source>Relations of this annotation</source>
        <translation>此标注的关系</translation>
    </message>
    <message>
        <source>%1 – %2 – %3</source>
        <translation>%1 – %2 – %3</translation>
    </message>
    <message>
        <source>No annotation is chosen</source>
        <translation>未选择标注</translation>
    </message>
    <message>
        <source>%1 because of “%2” (rule %3)</source>
        <translation>%1，因为“%2”（规则 %3）</translation>
    </message>
    <message>
        <source>Named by rule %1; nothing denies or doubts it.</source>
        <translation>由规则 %1 识别；没有否定或存疑的词语。</translation>
    </message>
    <message>
        <source>Said by a person.</source>
        <translation>由人标注。</translation>
    </message>
    <message>
        <source>A suggestion.</source>
        <translation>建议。</translation>
    </message>
    <message>
        <source>Label its equals here: %1</source>
        <translation>标注本报告中的相同词语：%1</translation>
    </message>
    <message>
        <source>Label its equals everywhere: %1 in %2 reports</source>
        <translation>标注所有相同词语：%2 份报告中 %1 处</translation>
    </message>
    <message>
        <source>Label its equals everywhere: …</source>
        <translation>标注所有相同词语：…</translation>
    </message>
    <message>
        <source>Click one in the text or press %1. Select words and press a label's key to add one.</source>
        <translation>在正文中点击一个标注，或按 %1。选中文字并按标签的按键可添加标注。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::DifferenceTable</name>
    <message>
        <source>report: %1</source>
        <translation>报告：%1</translation>
    </message>
    <message>
        <source>relation: %1</source>
        <translation>关系：%1</translation>
    </message>
    <message>
        <source>%1: “%2”</source>
        <translation>%1：“%2”</translation>
    </message>
    <message>
        <source>says nothing more</source>
        <translation>没有更多说明</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::EvidenceModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Together %1; the logit without any words lies %2 lower.</source>
        <translation>合计 %1；没有任何词语时对数几率低 %2。</translation>
    </message>
    <message>
        <source>How faithful the highlights are is unknown: too few labels are called.</source>
        <translation>高亮的可信程度未知：被判定的标签太少。</translation>
    </message>
    <message>
        <source>Without the fifth of the words that it highlights, a called label loses %1 times as much probability as without as many drawn ones (n = %2).</source>
        <translation>去掉模型高亮的五分之一词语，被判定标签的概率下降是随机去掉同样多词语的 %1 倍（n = %2）。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::EvidencePanel</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What a learned model says</source>
        <translation>学习所得模型的判断</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>Read all reports</source>
        <translation>读取全部报告</translation>
    </message>
    <message>
        <source>Then the queue can begin with those the model is least sure of, or where it and the rules disagree.</source>
        <translation>之后队列可以从模型最不确定的报告，或模型与规则不一致的报告开始。</translation>
    </message>
    <message>
        <source>Mean with the word counts' regression</source>
        <translation>与词频回归取平均</translation>
    </message>
    <message>
        <source>The mean of both logits: it ranks better, its yes and no are no better.</source>
        <translation>两个对数几率的平均：排序更好，但是与否的判断并不更好。</translation>
    </message>
    <message>
        <source>Words that speak for the chosen label</source>
        <translation>支持所选标签的词语</translation>
    </message>
    <message>
        <source>Attention × gradient</source>
        <translation>注意力 × 梯度</translation>
    </message>
    <message>
        <source>Attention alone</source>
        <translation>仅注意力</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>积分梯度</translation>
    </message>
    <message>
        <source>Leaving out one word at a time</source>
        <translation>逐词删除</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>No model is chosen. Train one on the Training page, or choose a file.</source>
        <translation>尚未选择模型。请在“训练”页面训练一个，或选择文件。</translation>
    </message>
    <message>
        <source>How much each word speaks for the label (warm) or against it (cold).</source>
        <translation>每个词语支持（暖色）或反对（冷色）该标签的程度。</translation>
    </message>
    <message>
        <source>This network has no attention: its words' vectors × gradient are shown.</source>
        <translation>此网络没有注意力：显示词向量 × 梯度。</translation>
    </message>
    <message>
        <source>Attention says where the network looks, not why. Alone it is no explanation.</source>
        <translation>注意力说明网络看哪里，而不是为什么。单凭它不能作为解释。</translation>
    </message>
    <message>
        <source>What each word adds on the way from a text of empty words to this one.</source>
        <translation>从空词文本到此文本的路径上每个词语的贡献。</translation>
    </message>
    <message>
        <source>How much the probability falls when the word is left out and the text is read anew.</source>
        <translation>删除该词并重新读取文本后概率下降多少。</translation>
    </message>
    <message>
        <source>The model reads the beginning of this report only.</source>
        <translation>模型只读取此报告的开头部分。</translation>
    </message>
    <message>
        <source>Choose a model of reports</source>
        <translation>选择报告模型</translation>
    </message>
    <message>
        <source>Models (*.onnx)</source>
        <translation>模型 (*.onnx)</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::FilesModel</name>
    <message>
        <source>%1 reports were written to %2.</source>
        <translation>已将 %1 份报告写入 %2。</translation>
    </message>
    <message>
        <source>%1 documents were read.</source>
        <translation>已读取 %1 份文档。</translation>
    </message>
    <message>
        <source> Not taken over: %1 × %2</source>
        <translation> 未接收：%1 × %2</translation>
    </message>
    <message>
        <source> Left out: %1, the first because: %2</source>
        <translation> 略过：%1，第一条原因：%2</translation>
    </message>
    <message>
        <source>Confirmed reports are a person's word, the others what the rules say. The rules' error is unknown: %1 reports are confirmed, %2 are needed.</source>
        <translation>已确认的报告以人为准，其余以规则为准。规则的错误率未知：已确认 %1 份，需要 %2 份。</translation>
    </message>
    <message>
        <source>Confirmed reports are a person's word, the others what the rules say. On %1 confirmed reports the rules are wrong in %2 %.</source>
        <translation>已确认的报告以人为准，其余以规则为准。在 %1 份已确认的报告中，规则错误率为 %2 %。</translation>
    </message>
    <message>
        <source>%1 was written: %2 reports by a person, %3 by the rules, %4 left out. Drop the images on the page of training together with it.</source>
        <translation>已写出 %1：%2 份由人、%3 份由规则给出，略过 %4 份。请将图像与它一起拖放到训练页面。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::FilesPanel</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Export annotations</source>
        <translation>导出标注</translation>
    </message>
    <message>
        <source>Import annotations</source>
        <translation>导入标注</translation>
    </message>
    <message>
        <source>Whose annotations they are. Empty: yours. A name: another reader's, to be compared.</source>
        <translation>标注的归属。留空：您自己的。填写姓名：另一位阅读者的，用于比较。</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>Name of the reader</source>
        <translation>阅读者姓名</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Import in this format…</source>
        <translation>按此格式导入…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Looking for what would be lost…</source>
        <translation>正在检查会丢失的内容…</translation>
    </message>
    <message>
        <source>Nothing would be lost.</source>
        <translation>不会丢失任何内容。</translation>
    </message>
    <message>
        <source>This format has no room for:</source>
        <translation>此格式无法容纳：</translation>
    </message>
    <message>
        <source>Folder for the annotations</source>
        <translation>存放标注的文件夹</translation>
    </message>
    <message>
        <source>Annotations (%1);;All files (*)</source>
        <translation>标注 (%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Labels for images</source>
        <translation>图像标签</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Write a table for training…</source>
        <translation>写出训练用表格…</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::FindingTable</name>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>Confirmed by a person.</source>
        <translation>已由人确认。</translation>
    </message>
    <message>
        <source>A suggestion: nobody has confirmed it yet.</source>
        <translation>建议：尚无人确认。</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>所见</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ImportPanel</name>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>%1 rows, %2, the first %3 are shown.</source>
        <translation>%1 行，%2，显示前 %3 行。</translation>
    </message>
    <message>
        <source>%1 rows cannot be read and will be left out.</source>
        <translation>%1 行无法读取，将被略过。</translation>
    </message>
    <message>
        <source>Columns with the text</source>
        <translation>包含文本的列</translation>
    </message>
    <message>
        <source>Column with the report's name</source>
        <translation>报告名称所在的列</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>number of the row</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Tick a column that holds the text.</source>
        <translation>请勾选包含文本的列。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::KeyTable</name>
    <message>
        <source>It came without a key.</source>
        <translation>默认没有按键。</translation>
    </message>
    <message>
        <source>The key it came with: %1</source>
        <translation>默认按键：%1</translation>
    </message>
    <message>
        <source>Status or command</source>
        <translation>状态或命令</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::KeysPanel</name>
    <message>
        <source>Keys of statuses and commands</source>
        <translation>状态与命令的按键</translation>
    </message>
    <message>
        <source>Choose a row, then press its new key in the field below.</source>
        <translation>选择一行，然后在下面的框中按下新的按键。</translation>
    </message>
    <message>
        <source>Press the new key</source>
        <translation>按下新的按键</translation>
    </message>
    <message>
        <source>New key of the chosen row</source>
        <translation>所选行的新按键</translation>
    </message>
    <message>
        <source>Back to the defaults</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>All statuses and commands get the keys that they came with.</source>
        <translation>所有状态和命令恢复为默认按键。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::LabelSetList</name>
    <message>
        <source>The key labels the selected words or the chosen annotation; the tick, the whole report.</source>
        <translation>按键为选中的文字或所选标注加标签；勾选则为整份报告加标签。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::LabelSetPanel</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>A key labels the selected words or the chosen annotation. A tick labels the whole report.</source>
        <translation>按键为选中的文字或所选标注加标签。勾选为整份报告加标签。</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Name of a new label</source>
        <translation>新标签的名称</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Key of the chosen label</source>
        <translation>所选标签的按键</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ProbabilityTable</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>At or above the model's threshold of %1 %.</source>
        <translation>达到或高于模型阈值 %1 %。</translation>
    </message>
    <message>
        <source>Below the model's threshold of %1 %.</source>
        <translation>低于模型阈值 %1 %。</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Word counts</source>
        <translation>词频</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ReadersPanel</name>
    <message>
        <source>Readers</source>
        <translation>阅读者</translation>
    </message>
    <message>
        <source>Two readers</source>
        <translation>两位阅读者</translation>
    </message>
    <message>
        <source>The other reader</source>
        <translation>另一位阅读者</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>Disagreements</source>
        <translation>分歧</translation>
    </message>
    <message>
        <source>Only reports that both have read count. Hold the pointer over a figure for its interval.</source>
        <translation>只计入双方都读过的报告。将指针停在数字上可查看区间。</translation>
    </message>
    <message>
        <source>Import the annotations of another reader (Files) to compare them with yours.</source>
        <translation>导入另一位阅读者的标注（“文件”），与您的标注进行比较。</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Nothing is left to settle.</source>
        <translation>没有待裁定的分歧。</translation>
    </message>
    <message>
        <source>To settle: %1</source>
        <translation>待裁定：%1</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>对方的</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>都要</translation>
    </message>
    <message>
        <source>Neither</source>
        <translation>都不要</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Relations that would go with the annotation – %1.</source>
        <translation>将随标注一并删除的关系数 – %1。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Relations that went with the last decision: %1. Undo brings the annotation and them back.</source>
        <translation>上一次裁定随标注删除了 %1 个关系。撤销可将标注及其关系一并恢复。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ReportFigureTable</name>
    <message>
        <source>With its 95 % interval: %1</source>
        <translation>含 95 % 区间：%1</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Reports
with it</source>
        <translation>含此标签
的报告</translation>
    </message>
    <message>
        <source>Network
AUC</source>
        <translation>网络
AUC</translation>
    </message>
    <message>
        <source>Network
F1</source>
        <translation>网络
F1</translation>
    </message>
    <message>
        <source>Word counts
AUC</source>
        <translation>词频
AUC</translation>
    </message>
    <message>
        <source>Word counts
F1</source>
        <translation>词频
F1</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ReportList</name>
    <message>
        <source>%1: confirmed</source>
        <translation>%1：已确认</translation>
    </message>
    <message>
        <source>%1: begun</source>
        <translation>%1：已开始</translation>
    </message>
    <message>
        <source>%1: to do</source>
        <translation>%1：待处理</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ReportTrainingModel</name>
    <message>
        <source>Epoch %1 · %2 reports per second · about %3 s left</source>
        <translation>第 %1 轮 · 每秒 %2 份报告 · 约剩 %3 秒</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>the project's reports</source>
        <translation>项目中的报告</translation>
    </message>
    <message>
        <source>Training begins: first the regression on word counts.</source>
        <translation>训练开始：首先是词频回归。</translation>
    </message>
    <message>
        <source>Stopped. The best model so far is kept.</source>
        <translation>已停止。保留目前最好的模型。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ReportTrainingView</name>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>1  Labelled reports</source>
        <translation>1  带标签的报告</translation>
    </message>
    <message>
        <source>This project: confirmed by a person</source>
        <translation>本项目：由人确认</translation>
    </message>
    <message>
        <source>This project: what the rules say</source>
        <translation>本项目：规则的判断</translation>
    </message>
    <message>
        <source>Tables of reports and labels…</source>
        <translation>报告表与标签表…</translation>
    </message>
    <message>
        <source>Where the labels come from</source>
        <translation>标签来源</translation>
    </message>
    <message>
        <source>Choose tables…</source>
        <translation>选择表格…</translation>
    </message>
    <message>
        <source>2  Network</source>
        <translation>2  网络</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Loss over the epochs</source>
        <translation>各轮的损失</translation>
    </message>
    <message>
        <source>Figures of each label</source>
        <translation>各标签的指标</translation>
    </message>
    <message>
        <source>A model that learns from the rules can only agree with them; it shows no accuracy.</source>
        <translation>从规则学习的模型只能与规则一致；它不说明准确性。</translation>
    </message>
    <message>
        <source>%1 reports, %2 labels. Training %3, validation %4, test %5.</source>
        <translation>%1 份报告，%2 个标签。训练 %3，验证 %4，测试 %5。</translation>
    </message>
    <message>
        <source>Macro AUC %1, macro F1 %2, micro F1 %3; word counts alone: %4, %5, %6.</source>
        <translation>宏平均 AUC %1，宏平均 F1 %2，微平均 F1 %3；仅词频：%4、%5、%6。</translation>
    </message>
    <message>
        <source>The network earns its place: macro F1 %1.</source>
        <translation>网络确有增益：宏平均 F1 %1。</translation>
    </message>
    <message>
        <source>The word counts are better: macro F1 %1.</source>
        <translation>词频更好：宏平均 F1 %1。</translation>
    </message>
    <message>
        <source>No clear gain over the word counts: macro F1 %1.</source>
        <translation>相对词频没有明确增益：宏平均 F1 %1。</translation>
    </message>
    <message>
        <source>Agreement with the rules, %1</source>
        <translation>与规则的一致性，%1</translation>
    </message>
    <message>
        <source>test part</source>
        <translation>测试部分</translation>
    </message>
    <message>
        <source>validation part</source>
        <translation>验证部分</translation>
    </message>
    <message>
        <source>Figures on the test part, scored once</source>
        <translation>测试部分的指标，只评一次</translation>
    </message>
    <message>
        <source>Figures on the validation part</source>
        <translation>验证部分的指标</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The curves begin with the end of the first epoch.</source>
        <translation>第一轮结束后开始绘制曲线。</translation>
    </message>
    <message>
        <source>Press Train and watch it learn here.</source>
        <translation>按“训练”，在此观察学习过程。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Kept: epoch %1</source>
        <translation>保留：第 %1 轮</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.jsonl *.gz)</source>
        <translation>表格 (*.csv *.tsv *.jsonl *.gz)</translation>
    </message>
    <message>
        <source>Table of reports</source>
        <translation>报告表</translation>
    </message>
    <message>
        <source>Table of labels, a column each, 0 or 1</source>
        <translation>标签表，每个标签一列，0 或 1</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ReportsModel</name>
    <message>
        <source>Select some words, or choose an annotation; then the key gives the label.</source>
        <translation>请先选中文字或选择标注，再按标签的按键。</translation>
    </message>
    <message>
        <source>Choose an annotation first; then select the words that belong to it as well.</source>
        <translation>请先选择标注，再选中同属于它的文字。</translation>
    </message>
    <message>
        <source>Select the words that belong to the annotation as well.</source>
        <translation>请选中同属于该标注的文字。</translation>
    </message>
    <message>
        <source>Every listed report is confirmed.</source>
        <translation>列出的报告均已确认。</translation>
    </message>
    <message>
        <source>No report is listed.</source>
        <translation>没有列出报告。</translation>
    </message>
    <message>
        <source>The model has read %1 reports.</source>
        <translation>模型已读取 %1 份报告。</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Imported: %1 reports. Equal texts are kept once.</source>
        <translation>已导入：%1 份报告。相同文本只保留一份。</translation>
    </message>
    <message>
        <source>Left out: %1 rows, the first because: %2</source>
        <translation>略过：%1 行，第一行原因：%2</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::ReportsPage</name>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Search in texts and labels</source>
        <translation>在文本和标签中搜索</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>All reports</source>
        <translation>全部报告</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>As imported</source>
        <translation>按导入顺序</translation>
    </message>
    <message>
        <source>Uncertain ones first</source>
        <translation>不确定的在前</translation>
    </message>
    <message>
        <source>Rules and model disagree</source>
        <translation>规则与模型不一致</translation>
    </message>
    <message>
        <source>Which reports are listed</source>
        <translation>列出哪些报告</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>列表顺序</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>The text of the clipboard becomes a report.</source>
        <translation>剪贴板中的文本成为一份报告。</translation>
    </message>
    <message>
        <source>Confirm and next</source>
        <translation>确认并下一份</translation>
    </message>
    <message>
        <source>Text of the report</source>
        <translation>报告文本</translation>
    </message>
    <message>
        <source>What does not fit in this report</source>
        <translation>此报告中不相符之处</translation>
    </message>
    <message>
        <source>Annotations of the report</source>
        <translation>报告的标注</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>所见</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>%1 of %2 confirmed</source>
        <translation>已确认 %1 / %2</translation>
    </message>
    <message>
        <source>Report %1</source>
        <translation>报告 %1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Findings, confirmed</source>
        <translation>所见（已确认）</translation>
    </message>
    <message>
        <source>Findings, suggested</source>
        <translation>所见（建议）</translation>
    </message>
    <message>
        <source>Import reports</source>
        <translation>导入报告</translation>
    </message>
    <message>
        <source>Texts, tables (CSV, TSV, JSONL, also packed), XML or DICOM SR</source>
        <translation>文本、表格（CSV、TSV、JSONL，也可压缩）、XML 或 DICOM SR</translation>
    </message>
    <message>
        <source>Reports (*.txt *.csv *.tsv *.jsonl *.xml *.dcm *.gz *.zip);;All files (*)</source>
        <translation>报告 (*.txt *.csv *.tsv *.jsonl *.xml *.dcm *.gz *.zip);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Drop reports here: texts, tables (CSV, TSV, JSONL, also .gz), XML or DICOM SR.
Findings are read at once; %1 confirms what is suggested and goes on.</source>
        <translation>将报告拖放到此处：文本、表格（CSV、TSV、JSONL，也可为 .gz）、XML 或 DICOM SR。
所见会立即读出；按 %1 确认建议并转到下一份。</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::RulesModel</name>
    <message>
        <source>%1: no longer %2, %3</source>
        <translation>%1：不再是 %2，%3</translation>
    </message>
    <message>
        <source>%1: now %2, %3</source>
        <translation>%1：现为 %2，%3</translation>
    </message>
    <message>
        <source>%1: %2, %3 → %4</source>
        <translation>%1：%2，%3 → %4</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::RulesPanel</name>
    <message>
        <source>%1: switched off</source>
        <translation>%1：已停用</translation>
    </message>
    <message>
        <source>%1: “%2” – %3</source>
        <translation>%1：“%2” – %3</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>A rule from a correction</source>
        <translation>由更正生成规则</translation>
    </message>
    <message>
        <source>Correct a finding and choose it. Where its status was wrong, select the words that say so. Nothing is saved before you have seen what it changes.</source>
        <translation>先更正所见并选择它。若状态有误，请选中说明状态的词语。在您看到它改变什么之前不会保存任何内容。</translation>
    </message>
    <message>
        <source>Read it so everywhere…</source>
        <translation>处处如此读取…</translation>
    </message>
    <message>
        <source>These words are never a finding…</source>
        <translation>这些词语从不是所见…</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>保存规则</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Remove the chosen rule</source>
        <translation>移除所选规则</translation>
    </message>
    <message>
        <source>What the rule would change</source>
        <translation>该规则会改变的内容</translation>
    </message>
    <message>
        <source>Rules of this project</source>
        <translation>本项目的规则</translation>
    </message>
    <message>
        <source>Looking for what the rule would change…</source>
        <translation>正在查看该规则会改变什么…</translation>
    </message>
    <message>
        <source>Reports that would be read differently: %1</source>
        <translation>读法会改变的报告：%1</translation>
    </message>
    <message>
        <source>This project has no rules of its own.</source>
        <translation>本项目没有自己的规则。</translation>
    </message>
    <message>
        <source>Rules of this project: %1</source>
        <translation>本项目的规则：%1</translation>
    </message>
</context>
<context>
    <name>hounsfield::reporting::StudyReportPanel</name>
    <message>
        <source>“%1” is tied to no place yet.</source>
        <translation>“%1”尚未与位置关联。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Report of this study</source>
        <translation>此检查的报告</translation>
    </message>
    <message>
        <source>%1 reports belong to this study; this is the first.</source>
        <translation>有 %1 份报告属于此检查；这是第一份。</translation>
    </message>
    <message>
        <source>%1: a click shows its place</source>
        <translation>%1：点击显示其位置</translation>
    </message>
</context>
<context>
    <name>hounsfield::shell::KeyList</name>
    <message>
        <source>Keys and mouse</source>
        <translation>按键与鼠标</translation>
    </message>
</context>
<context>
    <name>hounsfield::shell::MainWindow</name>
    <message>
        <source>Recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Nothing opened yet</source>
        <translation>尚未打开任何内容</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>清除这些记录</translation>
    </message>
    <message>
        <source>Research use, not for diagnosis</source>
        <translation>仅供研究，不用于诊断</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>About Hounsfield</source>
        <translation>关于 Hounsfield</translation>
    </message>
    <message>
        <source>Image review, training and diagnosis on your own machine.</source>
        <translation>在您自己的电脑上阅片、训练与诊断。</translation>
    </message>
    <message>
        <source>This program is no medical device. What a model says must not decide the care of a patient.</source>
        <translation>本程序不是医疗器械。模型的判断不得作为患者诊疗的依据。</translation>
    </message>
    <message>
        <source>No data leaves this machine. Licence: Apache 2.0.</source>
        <translation>数据不会离开本机。许可证：Apache 2.0。</translation>
    </message>
</context>
<context>
    <name>hounsfield::shell::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>hounsfield::shell::OptionForm</name>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>Show every option of the training</source>
        <translation>显示训练的全部选项</translation>
    </message>
</context>
<context>
    <name>hounsfield::shell::ProgressRows</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>取消：%1</translation>
    </message>
</context>
<context>
    <name>hounsfield::studies::FilesTable</name>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>非图像</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>hounsfield::studies::SeriesTable</name>
    <message>
        <source>no patient named</source>
        <translation>未注明患者</translation>
    </message>
    <message>
        <source>%1 × %2 × %3</source>
        <translation>%1 × %2 × %3</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>检查类型</translation>
    </message>
    <message>
        <source>Columns × rows × slices</source>
        <translation>列 × 行 × 层</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>hounsfield::studies::StudiesModel</name>
    <message>
        <source>Looking for images …</source>
        <translation>正在查找图像…</translation>
    </message>
    <message>
        <source>Series: %1 · patients: %2 · other objects: %3 · files refused: %4</source>
        <translation>序列：%1 · 患者：%2 · 其他对象：%3 · 拒绝的文件：%4</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
</context>
<context>
    <name>hounsfield::studies::StudiesPage</name>
    <message>
        <source>Drop a study here</source>
        <translation>将检查拖放到此处</translation>
    </message>
    <message>
        <source>A folder, files or an archive: DICOM, NIfTI, NRRD, MetaImage, PNG, JPEG, TIFF, BMP, ZIP, tar.gz.
Files stay where they are; nothing leaves this computer.</source>
        <translation>文件夹、文件或压缩包：DICOM、NIfTI、NRRD、MetaImage、PNG、JPEG、TIFF、BMP、ZIP、tar.gz。
文件保留在原处；数据不会离开本机。</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open files …</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>A small phantom CT that the program makes itself, with known millimetres and Hounsfield units.</source>
        <translation>程序自行生成的小型 CT 体模，毫米尺寸与 HU 值均已知。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Save the list …</source>
        <translation>保存列表…</translation>
    </message>
    <message>
        <source>Every file that was looked at, its outcome and the reason, as a CSV table.</source>
        <translation>所查看的每个文件及其结果和原因，保存为 CSV 表。</translation>
    </message>
    <message>
        <source>Series that were found</source>
        <translation>找到的序列</translation>
    </message>
    <message>
        <source>Files that are no pictures, and why</source>
        <translation>不是图像的文件及原因</translation>
    </message>
    <message>
        <source>Files that are no pictures</source>
        <translation>不是图像的文件</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>保存列表</translation>
    </message>
    <message>
        <source>The list was saved as %1.</source>
        <translation>列表已保存为 %1。</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::BlindTestView</name>
    <message>
        <source>Blind test</source>
        <translation>盲测</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Images in the test</source>
        <translation>盲测中的图像数</translation>
    </message>
    <message>
        <source>Start the test</source>
        <translation>开始盲测</translation>
    </message>
    <message>
        <source>Half of the images are real ones that the generator never saw, half are made</source>
        <translation>一半是生成器从未见过的真实图像，一半是合成的</translation>
    </message>
    <message>
        <source>Real (R)</source>
        <translation>真实 (R)</translation>
    </message>
    <message>
        <source>This is a patient's image; key R or Left</source>
        <translation>这是患者的图像；按键 R 或左箭头</translation>
    </message>
    <message>
        <source>Made (M)</source>
        <translation>合成 (M)</translation>
    </message>
    <message>
        <source>This was made by the generator; key M or Right</source>
        <translation>这是生成器合成的；按键 M 或右箭头</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Take the last answer back; Backspace</source>
        <translation>撤回上一个回答；退格键</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>End the test without a score</source>
        <translation>结束盲测，不计分</translation>
    </message>
    <message>
        <source>The image that is asked about</source>
        <translation>被询问的图像</translation>
    </message>
    <message>
        <source>%1 of %2: real or made?</source>
        <translation>第 %1 / %2 张：真实还是合成？</translation>
    </message>
    <message>
        <source>R or Left: real. M or Right: made. Backspace: back.</source>
        <translation>R 或左箭头：真实。M 或右箭头：合成。退格键：返回。</translation>
    </message>
    <message>
        <source>%1 of %2 right: %3, interval %4 to %5</source>
        <translation>答对 %1 / %2：%3，区间 %4 至 %5</translation>
    </message>
    <message>
        <source>Made images taken for real: %1 of %2. Real ones taken for made: %3 of %4.</source>
        <translation>合成图像被当作真实：%1 / %2。真实图像被当作合成：%3 / %4。</translation>
    </message>
    <message>
        <source>You tell them apart.</source>
        <translation>您能区分二者。</translation>
    </message>
    <message>
        <source>You take one for the other.</source>
        <translation>您把二者弄反了。</translation>
    </message>
    <message>
        <source>This is what guessing may give.</source>
        <translation>猜测也可能得到这样的结果。</translation>
    </message>
    <message>
        <source>Preparing the images …</source>
        <translation>正在准备图像…</translation>
    </message>
    <message>
        <source>Can you tell them apart?</source>
        <translation>您能区分它们吗？</translation>
    </message>
    <message>
        <source>Real images that the generator never saw and made ones come in random order. The score, with its interval, comes at the end; half right is what guessing gives.</source>
        <translation>生成器从未见过的真实图像与合成图像以随机顺序出现。得分及其区间在结束时给出；靠猜测可答对一半。</translation>
    </message>
    <message>
        <source>Start the test.</source>
        <translation>请开始盲测。</translation>
    </message>
    <message>
        <source>There is no generator yet.</source>
        <translation>还没有生成器。</translation>
    </message>
    <message>
        <source>%1: %2 of %3 right, interval %4 to %5</source>
        <translation>%1：答对 %2 / %3，区间 %4 至 %5</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::DataView</name>
    <message>
        <source>Drop labelled images here to learn to make more of their kind</source>
        <translation>将带标签的图像拖到此处，学习合成同类图像</translation>
    </message>
    <message>
        <source>A folder with one folder per class, such as normal and pneumonia
A ZIP or tar.gz archive of these, or a CSV table: file, label, patient
A generator.onnx that was trained before, to see and judge what it makes

What is made is synthetic: it is marked, and may be used for training only.</source>
        <translation>每个类别一个子文件夹的文件夹，例如“正常”和“肺炎”
上述内容的 ZIP 或 tar.gz 压缩包，或 CSV 表：file、label、patient
以前训练的 generator.onnx，用于查看和评价它合成的图像

合成的图像都是人造的：带有标记，只能用于训练。</translation>
    </message>
    <message>
        <source>Classes and how their images are used</source>
        <translation>各类别及其图像的用途</translation>
    </message>
    <message>
        <source>%1: %2 images of %3 classes, %4×%5 pixels</source>
        <translation>%1：%2 幅图像，%3 个类别，%4×%5 像素</translation>
    </message>
    <message>
        <source>Left out: %1: %2</source>
        <translation>未采用：%1：%2</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::HandoutBar</name>
    <message>
        <source>Hand out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Class of the images that are given away</source>
        <translation>要输出的图像的类别</translation>
    </message>
    <message>
        <source>Images of each</source>
        <translation>每类图像数</translation>
    </message>
    <message>
        <source>Images of each class that are given away</source>
        <translation>每个类别输出的图像数</translation>
    </message>
    <message>
        <source>Add to the training set</source>
        <translation>加入训练集</translation>
    </message>
    <message>
        <source>The next training on the training page learns from them too; they never enter validation or test, and can be taken out there again</source>
        <translation>训练页的下一次训练也会从中学习；它们绝不进入验证集或测试集，并可在那里再移除</translation>
    </message>
    <message>
        <source>Form of the files</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write them to a folder of your choice, marked as synthetic in pixels, name and header</source>
        <translation>写入您选择的文件夹，并在像素、文件名和文件头中标明为合成图像</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop and take away what was written</source>
        <translation>停止，并删除已写入的内容</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Folder for synthetic images</source>
        <translation>存放合成图像的文件夹</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::LearningView</name>
    <message>
        <source>Samples of the same noise</source>
        <translation>同一噪声的样本</translation>
    </message>
    <message>
        <source>Evaluation whose samples are shown</source>
        <translation>显示哪一次评估的样本</translation>
    </message>
    <message>
        <source>Back through the evaluations: Left and Right, Home and End</source>
        <translation>回看各次评估：左右箭头、Home 和 End</translation>
    </message>
    <message>
        <source>Losses over the steps</source>
        <translation>损失随步数的变化</translation>
    </message>
    <message>
        <source>Kernel distance over the steps</source>
        <translation>核距离随步数的变化</translation>
    </message>
    <message>
        <source>Coverage and recall over the steps</source>
        <translation>覆盖率与召回率随步数的变化</translation>
    </message>
    <message>
        <source>The first samples come with the first evaluation.</source>
        <translation>第一次评估后会出现首批样本。</translation>
    </message>
    <message>
        <source>Press Start and watch the images come into being here.</source>
        <translation>按“开始”，在此观看图像逐渐形成。</translation>
    </message>
    <message>
        <source>Step %1, the newest. The same noise each time.</source>
        <translation>第 %1 步，最新。每次使用同一噪声。</translation>
    </message>
    <message>
        <source>Step %1, evaluation %2 of %3</source>
        <translation>第 %1 步，第 %2 / %3 次评估</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>The curves begin with the first evaluation.</source>
        <translation>曲线从第一次评估开始。</translation>
    </message>
    <message>
        <source>There is no evaluation yet.</source>
        <translation>还没有评估。</translation>
    </message>
    <message>
        <source>Kept: step %1</source>
        <translation>保留：第 %1 步</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>Discriminator</source>
        <translation>判别器</translation>
    </message>
    <message>
        <source>Kernel distance (KID)</source>
        <translation>核距离 (KID)</translation>
    </message>
    <message>
        <source>Made to real</source>
        <translation>合成与真实</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Getting ready: the classifier that judges is trained first …</source>
        <translation>准备中：先训练用于评价的分类器…</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 / %2 步</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1 · %2 images per second · %3 left</source>
        <translation>%1 · 每秒 %2 幅图像 · 剩余 %3</translation>
    </message>
    <message>
        <source>%1 was interrupted before it had a generator; Resume goes on with it.</source>
        <translation>%1 在得到生成器之前中断；“继续”可接着训练。</translation>
    </message>
    <message>
        <source>%1 · %2 steps in %3 · %4 images per second · kept: step %5</source>
        <translation>%1 · %2 步，用时 %3 · 每秒 %4 幅图像 · 保留：第 %5 步</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::MeasureTable</name>
    <message>
        <source>Not measured: %1</source>
        <translation>未测量：%1</translation>
    </message>
    <message>
        <source>Not measured.</source>
        <translation>未测量。</translation>
    </message>
    <message>
        <source>Fréchet distance (FID)</source>
        <translation>Fréchet 距离 (FID)</translation>
    </message>
    <message>
        <source>Kernel distance (KID)</source>
        <translation>核距离 (KID)</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>Smaller is nearer to real; grows with fewer images</source>
        <translation>越小越接近真实；图像越少值越大</translation>
    </message>
    <message>
        <source>Smaller is nearer to real; may be below 0</source>
        <translation>越小越接近真实；可能小于 0</translation>
    </message>
    <message>
        <source>Share of made images that lie among real ones</source>
        <translation>落在真实图像之中的合成图像比例</translation>
    </message>
    <message>
        <source>Share of real images that lie among made ones</source>
        <translation>落在合成图像之中的真实图像比例</translation>
    </message>
    <message>
        <source>How close made images keep to real ones; 1 is right</source>
        <translation>合成图像与真实图像的贴近程度；1 为恰当</translation>
    </message>
    <message>
        <source>Share of real images with a made one near; shows collapse</source>
        <translation>附近有合成图像的真实图像比例；可显示模式坍缩</translation>
    </message>
    <message>
        <source>Read as meant</source>
        <translation>按本意识别</translation>
    </message>
    <message>
        <source>By the classifier trained on real images; 90 % are asked</source>
        <translation>由用真实图像训练的分类器判断；要求 90 %</translation>
    </message>
    <message>
        <source>Trained on made (TSTR, AUC)</source>
        <translation>用合成图像训练 (TSTR, AUC)</translation>
    </message>
    <message>
        <source>Tested on real images; beside it: trained on real ones</source>
        <translation>在真实图像上测试；旁边：用真实图像训练</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Too many: 1 % at most is asked</source>
        <translation>过多：要求至多 1 %</translation>
    </message>
    <message>
        <source>1 % at most is asked; beside it: of real images never seen</source>
        <translation>要求至多 1 %；旁边：从未见过的真实图像</translation>
    </message>
    <message>
        <source>Memory (membership, AUC)</source>
        <translation>记忆（成员推断，AUC）</translation>
    </message>
    <message>
        <source>It remembers them: images are not added to a training set above %1</source>
        <translation>它记住了训练图像：超过 %1 时不加入训练集</translation>
    </message>
    <message>
        <source>Does the discriminator know its training images? 0.5: no; 0.55 at most is asked</source>
        <translation>判别器是否认得其训练图像？0.5：否；要求至多 0.55</translation>
    </message>
    <message>
        <source>What two halves of the real training images give: as near as made images can come</source>
        <translation>真实训练图像两半之间的值：合成图像所能达到的最近距离</translation>
    </message>
    <message>
        <source>How far the real test images lie from the real training images: a shift of the data, no floor</source>
        <translation>真实测试图像与真实训练图像的距离：是数据偏移，不是下限</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Made images</source>
        <translation>合成图像</translation>
    </message>
    <message>
        <source>Real beside real</source>
        <translation>真实对真实</translation>
    </message>
    <message>
        <source>Training to test</source>
        <translation>训练集对测试集</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::RunTable</name>
    <message>
        <source>not tried yet</source>
        <translation>尚未试验</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>generator alone</source>
        <translation>仅有生成器</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>alarm</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>KID</source>
        <translation>KID</translation>
    </message>
    <message>
        <source>Did it help? (AUC)</source>
        <translation>是否有帮助？(AUC)</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>结束方式</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::RunsView</name>
    <message>
        <source>A click chooses the training that the whole page shows and that Resume goes on with; double click or Enter opens its verdict. A generator.onnx that is dropped on the page is opened too.</source>
        <translation>单击选择整个页面所显示、“继续”所接续的训练；双击或回车打开其结论。拖到此页的 generator.onnx 也会打开。</translation>
    </message>
    <message>
        <source>Show its verdict</source>
        <translation>显示其结论</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::SampleList</name>
    <message>
        <source>%1 · %2 copy</source>
        <translation>%1 · %2 复制</translation>
    </message>
    <message>
        <source>Made as %1, number %2.</source>
        <translation>合成为 %1，编号 %2。</translation>
    </message>
    <message>
        <source>Made as %1. Nearest training image: %2, distance %3, %4 times the mean of its 50 nearest.</source>
        <translation>合成为 %1。最近的训练图像：%2，距离 %3，为最近 50 幅平均值的 %4 倍。</translation>
    </message>
    <message>
        <source>Of real images, one in a hundred lies nearer than %1 to another.</source>
        <translation>真实图像中，百分之一与另一幅的距离小于 %1。</translation>
    </message>
    <message>
        <source>It is a copy.</source>
        <translation>它是复制品。</translation>
    </message>
    <message>
        <source>It is suspiciously near.</source>
        <translation>它近得可疑。</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::SamplesView</name>
    <message>
        <source>Show what this rests on</source>
        <translation>显示其依据</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>How many images are shown</source>
        <translation>显示的图像数</translation>
    </message>
    <message>
        <source>Make others</source>
        <translation>另外合成</translation>
    </message>
    <message>
        <source>Images of other noise than those that are shown</source>
        <translation>用不同于所示图像的噪声合成</translation>
    </message>
    <message>
        <source>Made images, each beside its nearest training image</source>
        <translation>合成图像，各自旁边是最近的训练图像</translation>
    </message>
    <message>
        <source>The chosen image, enlarged</source>
        <translation>所选图像，放大</translation>
    </message>
    <message>
        <source>The way from one image to the other</source>
        <translation>从一幅图像到另一幅的过渡</translation>
    </message>
    <message>
        <source>From the first chosen image to the second; between classes both are mixed</source>
        <translation>从第一幅所选图像到第二幅；跨类别时两类混合</translation>
    </message>
    <message>
        <source>Not tried yet: nobody knows whether these images help.</source>
        <translation>尚未试验：没人知道这些图像是否有帮助。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>There is no generator yet: train one, choose an earlier training, or drop a generator.onnx on this page.</source>
        <translation>还没有生成器：请训练一个、选择以前的训练，或将 generator.onnx 拖到此页。</translation>
    </message>
    <message>
        <source>Nearest training images are not shown. %1</source>
        <translation>不显示最近的训练图像。%1</translation>
    </message>
    <message>
        <source>Making images …</source>
        <translation>正在合成图像…</translation>
    </message>
    <message>
        <source>Looking for the nearest training images …</source>
        <translation>正在查找最近的训练图像…</translation>
    </message>
    <message>
        <source>On the left what was made, on the right the training image it resembles most; the most suspicious first. Choose two (Ctrl+click) to see what lies between them.</source>
        <translation>左边是合成图像，右边是与它最相似的训练图像；最可疑的在前。选择两幅（Ctrl+单击）可看到二者之间的过渡。</translation>
    </message>
    <message>
        <source>Choose an image to see it enlarged.</source>
        <translation>选择一幅图像以放大查看。</translation>
    </message>
    <message>
        <source>%1 of %2 on the way from the first to the second.</source>
        <translation>从第一幅到第二幅的第 %1 / %2 步。</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>合成</translation>
    </message>
    <message>
        <source>Nearest training image</source>
        <translation>最近的训练图像</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::SetupPanel</name>
    <message>
        <source>1  Data</source>
        <translation>1  数据</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>A folder with one folder per class</source>
        <translation>每个类别一个子文件夹的文件夹</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>A ZIP or tar.gz archive, a CSV table of files and labels, or a generator.onnx</source>
        <translation>ZIP 或 tar.gz 压缩包、文件与标签的 CSV 表，或 generator.onnx</translation>
    </message>
    <message>
        <source>Data of the training page</source>
        <translation>训练页的数据</translation>
    </message>
    <message>
        <source>The images that are open on the training page; test images are never learned from</source>
        <translation>训练页上打开的图像；绝不从测试图像学习</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>1,000 made-up radiographs with and without a lesion, to try everything at once</source>
        <translation>1,000 幅有或无病灶的虚构 X 线片，可立即试用全部功能</translation>
    </message>
    <message>
        <source>My labels</source>
        <translation>我的标签</translation>
    </message>
    <message>
        <source>Images that were labelled in the viewer</source>
        <translation>在阅片器中标注过的图像</translation>
    </message>
    <message>
        <source>2  Networks</source>
        <translation>2  网络</translation>
    </message>
    <message>
        <source>Pair of networks</source>
        <translation>网络对</translation>
    </message>
    <message>
        <source>Size of the images</source>
        <translation>图像大小</translation>
    </message>
    <message>
        <source>Pixels of an image; each size needs about four times the time of the one before</source>
        <translation>图像的像素数；每大一档约需前一档四倍的时间</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the training</source>
        <translation>训练的名称</translation>
    </message>
    <message>
        <source>date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>The training's folder in the project; empty: date and time</source>
        <translation>项目中该训练的文件夹；留空：日期和时间</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Learn to make images like those of the training part; Ctrl+Return</source>
        <translation>学习合成与训练集相似的图像；Ctrl+Return</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with the training chosen under Trainings, with its own settings and what you change of minutes and steps; Ctrl+Shift+Return</source>
        <translation>接着“训练记录”中所选的训练，沿用其设置，以及您对分钟数和步数的更改；Ctrl+Shift+Return</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop now and keep the best generator so far; Escape</source>
        <translation>立即停止并保留迄今最佳的生成器；Esc</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Folder of labelled images</source>
        <translation>带标签图像的文件夹</translation>
    </message>
    <message>
        <source>Labelled images or a generator</source>
        <translation>带标签的图像或生成器</translation>
    </message>
    <message>
        <source>Labelled images, generators (*.zip *.tar.gz *.tgz *.csv *.tsv *.onnx);;All files (*)</source>
        <translation>带标签的图像、生成器 (*.zip *.tar.gz *.tgz *.csv *.tsv *.onnx);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::ShareTable</name>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>用于学习</translation>
    </message>
    <message>
        <source>Training images that the pair sees</source>
        <translation>网络对所见的训练图像</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Training patients that the pair never sees, to test whether it remembers those it saw</source>
        <translation>网络对从不见到的训练患者，用于测试它是否记住了所见的图像</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Never seen by the pair; chooses epochs of classifiers</source>
        <translation>网络对从未见过；用于选择分类器的轮次</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Never seen by the pair; tests what the made images are worth</source>
        <translation>网络对从未见过；用于测试合成图像的价值</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::SynthesisPage</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Blind test</source>
        <translation>盲测</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Synthesis</source>
        <translation>图像合成</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::TrialTable</name>
    <message>
        <source>Real images</source>
        <translation>真实图像</translation>
    </message>
    <message>
        <source>The real images alone</source>
        <translation>仅用真实图像</translation>
    </message>
    <message>
        <source>Real, repeated</source>
        <translation>真实，重复</translation>
    </message>
    <message>
        <source>Control: the same images again instead of made ones</source>
        <translation>对照：用相同图像的重复代替合成图像</translation>
    </message>
    <message>
        <source>Real, changed</source>
        <translation>真实，随机变换</translation>
    </message>
    <message>
        <source>Control: rotated, shifted, zoomed, as is common practice</source>
        <translation>对照：按惯例旋转、平移、缩放</translation>
    </message>
    <message>
        <source>Real and made</source>
        <translation>真实加合成</translation>
    </message>
    <message>
        <source>Made images added</source>
        <translation>加入合成图像</translation>
    </message>
    <message>
        <source>Real and made, changed</source>
        <translation>真实加合成，随机变换</translation>
    </message>
    <message>
        <source>Made images added, all changed at random</source>
        <translation>加入合成图像，全部随机变换</translation>
    </message>
    <message>
        <source>Made alone</source>
        <translation>仅合成</translation>
    </message>
    <message>
        <source>Without a single real image</source>
        <translation>不用任何真实图像</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>用于学习</translation>
    </message>
    <message>
        <source>AUC on real test images</source>
        <translation>在真实测试图像上的 AUC</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>含义</translation>
    </message>
</context>
<context>
    <name>hounsfield::synthesising::VerdictView</name>
    <message>
        <source>Repetitions</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>How often it is tried, each time with real images drawn anew</source>
        <translation>试验的次数，每次重新抽取真实图像</translation>
    </message>
    <message>
        <source>Real images a class</source>
        <translation>每类真实图像数</translation>
    </message>
    <message>
        <source>How many real training images of each class every classifier has: made images help most where real ones are few</source>
        <translation>每个分类器每类拥有的真实训练图像数：真实图像少时，合成图像最有帮助</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop; repetitions that are finished are kept</source>
        <translation>停止；已完成的重复会保留</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Classifiers of the trial</source>
        <translation>试验中的分类器</translation>
    </message>
    <message>
        <source>Figures of the generator</source>
        <translation>生成器的指标</translation>
    </message>
    <message>
        <source>There is no generator yet.</source>
        <translation>还没有生成器。</translation>
    </message>
    <message>
        <source>Train one, choose an earlier training, or drop a generator.onnx on this page.</source>
        <translation>请训练一个、选择以前的训练，或将 generator.onnx 拖到此页。</translation>
    </message>
    <message>
        <source>The difference between classifiers trained on real and made images and on real images alone, both changed at random as is common practice, in as many steps, on the same patients.</source>
        <translation>分别用真实加合成图像与仅用真实图像训练的分类器之差；二者都按惯例随机变换，步数相同，在同一批患者上测试。</translation>
    </message>
    <message>
        <source>Not tried yet: nobody knows whether these images help.</source>
        <translation>尚未试验：没人知道这些图像是否有帮助。</translation>
    </message>
    <message>
        <source>A trial trains a pair and six classifiers for each of %1 repetitions, with and without made images, and compares them on patients that none has seen.</source>
        <translation>一次试验在 %1 次重复中，每次训练一个网络对和六个分类器（有或没有合成图像），并在它们都未见过的患者上比较。</translation>
    </message>
    <message>
        <source>It takes about %1.</source>
        <translation>约需 %1。</translation>
    </message>
    <message>
        <source>Not judged yet: how near to real the images are, whether they are copies, and whether the generator remembers its training images. It takes some minutes.</source>
        <translation>尚未评价：图像与真实的接近程度、是否为复制品、生成器是否记住了训练图像。需要几分钟。</translation>
    </message>
    <message>
        <source>Nothing could be compared with real images; the reasons stand beside each figure.</source>
        <translation>无法与真实图像比较；原因见各指标旁。</translation>
    </message>
    <message>
        <source>%1 images on each side. Features: %2 of the real training images, not ImageNet; figures from other features cannot be compared with these.</source>
        <translation>每侧 %1 幅图像。特征：%2，由真实训练图像训练，而非 ImageNet；用其他特征得到的指标不能与此比较。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再次试验</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试验</translation>
    </message>
    <message>
        <source>Train classifiers with and without made images and compare them</source>
        <translation>分别用和不用合成图像训练分类器并比较</translation>
    </message>
    <message>
        <source>Judge again</source>
        <translation>再次评价</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>评价</translation>
    </message>
    <message>
        <source>Compare made images with real ones, look for copies and for memory</source>
        <translation>将合成图像与真实图像比较，检查复制与记忆</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::CaseList</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Label: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Model said: %1, %2</source>
        <translation>模型判断：%1，%2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>✓ now %1</source>
        <translation>✓ 现为 %1</translation>
    </message>
    <message>
        <source>Click to open it in the viewer with its heat map.</source>
        <translation>点击可在阅片页中连同热图打开。</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::ClassTable</name>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::ComparisonTable</name>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>特异度</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>测试图像</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::DataView</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Why it is left out</source>
        <translation>未采用的原因</translation>
    </message>
    <message>
        <source>Drop your labelled images here</source>
        <translation>将已标注的图像拖放到此处</translation>
    </message>
    <message>
        <source>A folder with one folder per class, such as normal and pneumonia
A folder with train, validation and test, each with one folder per class
A ZIP or tar.gz archive of these
A CSV table: file, label, and if you like split and patient
DICOM studies together with a CSV table by PatientID or StudyInstanceUID

Nothing leaves this computer, and your files are never changed.</source>
        <translation>每个类别一个子文件夹的文件夹，例如“正常”和“肺炎”
含有 train、validation、test 的文件夹，其中每个类别一个子文件夹
以上内容的 ZIP 或 tar.gz 压缩包
CSV 表：file、label，还可以有 split 和 patient
DICOM 检查，连同按 PatientID 或 StudyInstanceUID 标注的 CSV 表

数据不会离开本机，您的文件绝不会被改动。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Files that are left out</source>
        <translation>未采用的文件</translation>
    </message>
    <message>
        <source>Save the list…</source>
        <translation>保存列表…</translation>
    </message>
    <message>
        <source>Save names and reasons as a table</source>
        <translation>将文件名和原因保存为表格</translation>
    </message>
    <message>
        <source>%1: %2 images of %3 classes, %4×%5 pixels</source>
        <translation>%1：%2 幅图像，%3 个类别，%4×%5 像素</translation>
    </message>
    <message>
        <source>Files that are left out: %1</source>
        <translation>未采用的文件：%1</translation>
    </message>
    <message>
        <source>Save the list of files that are left out</source>
        <translation>保存未采用文件的列表</translation>
    </message>
    <message>
        <source>The list was saved to %1.</source>
        <translation>列表已保存到 %1。</translation>
    </message>
    <message>
        <source>The list could not be saved to %1: %2</source>
        <translation>列表无法保存到 %1：%2</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::GalleryView</name>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Right class</source>
        <translation>正确的类别</translation>
    </message>
    <message>
        <source>Correct the label</source>
        <translation>更正标签</translation>
    </message>
    <message>
        <source>Save this class as the label of the chosen case; the next training learns from it</source>
        <translation>将此类别保存为所选病例的标签；下次训练将据此学习</translation>
    </message>
    <message>
        <source>Back to the results</source>
        <translation>返回结果</translation>
    </message>
    <message>
        <source>Click or Enter opens a case with its heat map; a digit corrects its label.</source>
        <translation>单击或按回车键连同热图打开病例；按数字键更正标签。</translation>
    </message>
    <message>
        <source>Choose a cell of the confusion matrix to see its cases here.</source>
        <translation>选择混淆矩阵的一个单元格，其病例将显示在此处。</translation>
    </message>
    <message>
        <source>Label %1, model said %2. Cases: %3, the most confident first.</source>
        <translation>标签 %1，模型判为 %2。病例数：%3，置信度高的在前。</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::LearningView</name>
    <message>
        <source>Loss over the epochs</source>
        <translation>各轮次的损失</translation>
    </message>
    <message>
        <source>AUC and accuracy over the epochs</source>
        <translation>各轮次的 AUC 与准确率</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The curves begin with the end of the first epoch.</source>
        <translation>第一轮结束后开始绘制曲线。</translation>
    </message>
    <message>
        <source>Press Train and watch it learn here.</source>
        <translation>按“训练”，在此观察学习过程。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Kept: epoch %1</source>
        <translation>保留：第 %1 轮</translation>
    </message>
    <message>
        <source>Best so far: epoch %1</source>
        <translation>目前最佳：第 %1 轮</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>There is no validation part: AUC is measured on the test part at the end.</source>
        <translation>没有验证集：AUC 将在结束时于测试集上计算。</translation>
    </message>
    <message>
        <source>%1 · %2 epochs in %3 · %4 images per second</source>
        <translation>%1 · %2 轮，用时 %3 · 每秒 %4 幅图像</translation>
    </message>
    <message>
        <source>Epoch %1 of %2 · step %3 of %4 · %5 images per second · %6 left</source>
        <translation>第 %1 轮，共 %2 轮 · 第 %3 步，共 %4 步 · 每秒 %5 幅图像 · 剩余 %6</translation>
    </message>
    <message>
        <source>Getting ready …</source>
        <translation>正在准备…</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::ResultsView</name>
    <message>
        <source>Part of the data</source>
        <translation>数据部分</translation>
    </message>
    <message>
        <source>The figures of the test part count: it was scored once, after everything was chosen on validation</source>
        <translation>以测试集的指标为准：一切在验证集上选定之后，测试集仅评分一次</translation>
    </message>
    <message>
        <source>Use for diagnosis</source>
        <translation>用于诊断</translation>
    </message>
    <message>
        <source>Ctrl+D then diagnoses the open image with this model</source>
        <translation>此后按 Ctrl+D 即用此模型诊断打开的图像</translation>
    </message>
    <message>
        <source>Figures of each class</source>
        <translation>各类别的指标</translation>
    </message>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Test part</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Validation part</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>The results of a training stand here.</source>
        <translation>训练结果显示在此处。</translation>
    </message>
    <message>
        <source>%1 on %2 · %3 · epoch %4 of %5 kept</source>
        <translation>%1，数据 %2 · %3 · 保留第 %4 轮，共 %5 轮</translation>
    </message>
    <message>
        <source>Accuracy %1</source>
        <translation>准确率 %1</translation>
    </message>
    <message>
        <source>balanced accuracy %1</source>
        <translation>平衡准确率 %1</translation>
    </message>
    <message>
        <source>AUC %1</source>
        <translation>AUC %1</translation>
    </message>
    <message>
        <source>calibration error %1</source>
        <translation>校准误差 %1</translation>
    </message>
    <message>
        <source>threshold %1, chosen on validation</source>
        <translation>阈值 %1，在验证集上选定</translation>
    </message>
    <message>
        <source>threshold %1, for want of a validation part</source>
        <translation>阈值 %1，因为没有验证集</translation>
    </message>
    <message>
        <source>In brackets the 95 % interval by resampling; n = %1 images of %2 independent units (patients, else studies, else files).</source>
        <translation>括号内为重采样得到的 95 % 区间；n = %1 幅图像，%2 个独立单元（患者，否则为检查，再否则为文件）。</translation>
    </message>
    <message>
        <source>Labels corrected since this training: %1. Train again to learn from them.</source>
        <translation>此次训练后更正的标签：%1。请再次训练以从中学习。</translation>
    </message>
    <message>
        <source>Train again</source>
        <translation>再次训练</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::RunTable</name>
    <message>
        <source>Finished</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Ended early: no more progress</source>
        <translation>提前结束：不再有进步</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>测试图像</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>结束方式</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::RunsView</name>
    <message>
        <source>Double click or Enter shows the results of a training; choose two (Ctrl+click) to compare them.</source>
        <translation>双击或按回车键显示一次训练的结果；选择两次训练（Ctrl+单击）进行比较。</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Both were tested on the same cases. A difference within the intervals may be chance.</source>
        <translation>两者在相同的病例上测试。区间之内的差别可能只是偶然。</translation>
    </message>
    <message>
        <source>They were tested on different cases or labels: their figures cannot be set against each other.</source>
        <translation>两者在不同的病例或标签上测试：指标不能相互比较。</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::SetupPanel</name>
    <message>
        <source>1  Data</source>
        <translation>1  数据</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>A folder with one folder per class</source>
        <translation>每个类别一个子文件夹的文件夹</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>A ZIP or tar.gz archive, or a CSV table of files and labels</source>
        <translation>ZIP 或 tar.gz 压缩包，或文件与标签的 CSV 表</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>1,000 made-up radiographs with and without a lesion, to try everything at once</source>
        <translation>1,000 幅带病灶和不带病灶的模拟 X 线片，可立即试用全部功能</translation>
    </message>
    <message>
        <source>My labels</source>
        <translation>我的标签</translation>
    </message>
    <message>
        <source>Images that were labelled in the viewer</source>
        <translation>在阅片页中标注过的图像</translation>
    </message>
    <message>
        <source>2  Network</source>
        <translation>2  网络</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Learn from the training part; Ctrl+Return</source>
        <translation>用训练集学习；Ctrl+回车</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop now and keep the best model so far; Escape</source>
        <translation>立即停止并保留目前最佳的模型；Esc</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Folder of labelled images</source>
        <translation>已标注图像的文件夹</translation>
    </message>
    <message>
        <source>Archive or table of labelled images</source>
        <translation>已标注图像的压缩包或表格</translation>
    </message>
    <message>
        <source>Labelled images (*.zip *.tar.gz *.tgz *.csv *.tsv);;All files (*)</source>
        <translation>已标注的图像 (*.zip *.tar.gz *.tgz *.csv *.tsv);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::SyntheticBar</name>
    <message>
        <source>◆ Synthetic images are learned from too: %1</source>
        <translation>◆ 还从合成图像学习：%1</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Train without these images; their files stay where they are</source>
        <translation>训练时不用这些图像；其文件留在原处</translation>
    </message>
</context>
<context>
    <name>hounsfield::training::TrainingPage</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习过程</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::ClassList</name>
    <message>
        <source>%1: L, then %2. Images that carry it: %3</source>
        <translation>%1：先按 L，再按 %2。带有此类别的图像：%3</translation>
    </message>
    <message>
        <source>%1: Enter. Images that carry it: %2</source>
        <translation>%1：回车键。带有此类别的图像：%2</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::DiagnosisModel</name>
    <message>
        <source>Choose a model first: train one on the page Training, or open a model.onnx.</source>
        <translation>请先选择模型：在“训练”页训练一个，或打开 model.onnx。</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::DiagnosisPanel</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Models (*.onnx)</source>
        <translation>模型 (*.onnx)</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>Diagnose  (Ctrl+D)</source>
        <translation>诊断  (Ctrl+D)</translation>
    </message>
    <message>
        <source>Ask all the same</source>
        <translation>仍要询问</translation>
    </message>
    <message>
        <source>Most suspicious slices</source>
        <translation>最可疑的层面</translation>
    </message>
    <message>
        <source>Heat map: opacity and scale  (G)</source>
        <translation>热图：不透明度与标尺  (G)</translation>
    </message>
    <message>
        <source>Research use, not for diagnosis</source>
        <translation>仅供研究，不用于诊断</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Opacity of the heat map</source>
        <translation>热图的不透明度</translation>
    </message>
    <message>
        <source>Scale of the heat map</source>
        <translation>热图的标尺</translation>
    </message>
    <message>
        <source>No model is chosen.</source>
        <translation>未选择模型。</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Asking the model…</source>
        <translation>正在询问模型…</translation>
    </message>
    <message>
        <source>The model was not made for this image:</source>
        <translation>此模型不适用于这幅图像：</translation>
    </message>
    <message>
        <source>Asked all the same: these figures may mean nothing.</source>
        <translation>仍然进行了询问：这些数字可能毫无意义。</translation>
    </message>
    <message>
        <source>The map shows no evidence for this class.</source>
        <translation>热图中没有支持该类别的依据。</translation>
    </message>
    <message>
        <source>Slice %1: %2 %, %3</source>
        <translation>第 %1 层：%2 %，%3</translation>
    </message>
    <message>
        <source>"%1" is called from %2 % on.</source>
        <translation>达到 %2 % 即判为“%1”。</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::LabelModel</name>
    <message>
        <source>There are only %1 classes.</source>
        <translation>只有 %1 个类别。</translation>
    </message>
    <message>
        <source>Label: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>There are no classes yet: add one beside the picture, or choose a model.</source>
        <translation>还没有类别：请在图像旁添加一个，或选择模型。</translation>
    </message>
    <message>
        <source>There is a class “%1” already.</source>
        <translation>已有类别“%1”。</translation>
    </message>
    <message>
        <source>Images with the class “%1”: %2. Rename it, or take their labels away first.</source>
        <translation>类别为“%1”的图像：%2 幅。请重命名该类别，或先移除这些标签。</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::LabelPanel</name>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>新类别</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>F2: labels follow the new name.</source>
        <translation>F2：标签随新名称一起更改。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Del: only a class that no image carries.</source>
        <translation>Del：只能移除没有图像使用的类别。</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Ctrl+Up: the digit before.</source>
        <translation>Ctrl+↑：移到前一个数字。</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Ctrl+Down: the next digit.</source>
        <translation>Ctrl+↓：移到后一个数字。</translation>
    </message>
    <message>
        <source>Take the label away</source>
        <translation>移除标签</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Name of a new class</source>
        <translation>新类别的名称</translation>
    </message>
    <message>
        <source>Labelled slices of this series</source>
        <translation>本序列中带标签的层面</translation>
    </message>
    <message>
        <source>There are no classes yet. Write the name of one and press Enter.</source>
        <translation>还没有类别。请输入名称并按回车键。</translation>
    </message>
    <message>
        <source>L, then the digit, gives the class to the shown image; L, 0 takes it away.</source>
        <translation>先按 L 再按数字，为当前图像指定类别；L、0 移除类别。</translation>
    </message>
    <message>
        <source>No slice of this series is labelled.</source>
        <translation>本序列没有带标签的层面。</translation>
    </message>
    <message>
        <source>Labelled slices of this series: %1</source>
        <translation>本序列中带标签的层面：%1</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::LabelledList</name>
    <message>
        <source>Slice %1: %2</source>
        <translation>第 %1 层：%2</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::SeriesList</name>
    <message>
        <source>Images: %1</source>
        <translation>图像：%1</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::SeriesStrip</name>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::SliceView</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Drop a file or folder here, or choose a series on the page Studies.</source>
        <translation>将文件或文件夹拖放到此处，或在“检查”页选择序列。</translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation>缩放 %1 %</translation>
    </message>
    <message>
        <source>lossy compression %1</source>
        <translation>有损压缩 %1</translation>
    </message>
    <message>
        <source>inverted</source>
        <translation>已反相</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>已旋转</translation>
    </message>
    <message>
        <source>flipped</source>
        <translation>已翻转</translation>
    </message>
    <message>
        <source>interpolated</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Slice %1 of %2</source>
        <translation>第 %1 层，共 %2 层</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Position %1 mm</source>
        <translation>位置 %1 mm</translation>
    </message>
    <message>
        <source>Slices every %1 mm</source>
        <translation>层间距 %1 mm</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::ViewerModel</name>
    <message>
        <source>Loading was stopped: single slices only.</source>
        <translation>加载已停止：只能查看单个层面。</translation>
    </message>
</context>
<context>
    <name>hounsfield::viewer::VolumeView</name>
    <message>
        <source>3-D needs a volume of several slices.</source>
        <translation>三维显示需要由多个层面组成的容积。</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>三维</translation>
    </message>
    <message>
        <source>Rendering…</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>Rendered on the processor</source>
        <translation>由处理器绘制</translation>
    </message>
</context>
<context>
    <name>image</name>
    <message>
        <source>A picture of %1 × %2 pixels cannot be written as PNG.</source>
        <translation>%1 × %2 像素的图片无法写为 PNG。</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>肺</translation>
    </message>
    <message>
        <source>Soft tissue</source>
        <translation>软组织</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>骨</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>脑</translation>
    </message>
    <message>
        <source>Abdomen</source>
        <translation>腹部</translation>
    </message>
    <message>
        <source>Liver, with contrast</source>
        <translation>肝，增强</translation>
    </message>
    <message>
        <source>Angiography</source>
        <translation>血管造影</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>卒中</translation>
    </message>
    <message>
        <source>Mediastinum</source>
        <translation>纵隔</translation>
    </message>
    <message>
        <source>Liver, plain</source>
        <translation>肝，平扫</translation>
    </message>
    <message>
        <source>Subdural</source>
        <translation>硬膜下</translation>
    </message>
    <message>
        <source>Temporal bone</source>
        <translation>颞骨</translation>
    </message>
    <message>
        <source>Spine, soft tissue</source>
        <translation>脊柱，软组织</translation>
    </message>
    <message>
        <source>Spine, bone</source>
        <translation>脊柱，骨</translation>
    </message>
    <message>
        <source>Stroke, narrow</source>
        <translation>卒中，窄窗</translation>
    </message>
    <message>
        <source>Fat</source>
        <translation>脂肪</translation>
    </message>
    <message>
        <source>Airways</source>
        <translation>气道</translation>
    </message>
    <message>
        <source>SUV 0–5</source>
        <translation>SUV 0–5</translation>
    </message>
    <message>
        <source>SUV 0–7</source>
        <translation>SUV 0–7</translation>
    </message>
    <message>
        <source>SUV 0–10</source>
        <translation>SUV 0–10</translation>
    </message>
    <message>
        <source>SUV 0–15</source>
        <translation>SUV 0–15</translation>
    </message>
    <message>
        <source>Resampling</source>
        <translation>正在重采样</translation>
    </message>
    <message>
        <source>The slices lie too unevenly to be made into a volume.</source>
        <translation>层间距过于不均，无法构成容积。</translation>
    </message>
    <message>
        <source>Look at them slice by slice.</source>
        <translation>请逐层查看。</translation>
    </message>
    <message>
        <source>The positions of the slices are not known.</source>
        <translation>各层面的位置未知。</translation>
    </message>
    <message>
        <source>A picture of %1 × %2 pixels is too small for the mark of synthetic images: it takes %3.</source>
        <translation>%1 × %2 像素的图像太小，放不下合成图像的标记：需要 %3。</translation>
    </message>
</context>
<context>
    <name>labels</name>
    <message>
        <source>No Finding</source>
        <translation>无异常</translation>
    </message>
    <message>
        <source>Enlarged Cardiomediastinum</source>
        <translation>心纵隔影增大</translation>
    </message>
    <message>
        <source>Cardiomegaly</source>
        <translation>心影增大</translation>
    </message>
    <message>
        <source>Lung Opacity</source>
        <translation>肺部阴影</translation>
    </message>
    <message>
        <source>Lung Lesion</source>
        <translation>肺部病灶</translation>
    </message>
    <message>
        <source>Edema</source>
        <translation>肺水肿</translation>
    </message>
    <message>
        <source>Consolidation</source>
        <translation>实变</translation>
    </message>
    <message>
        <source>Pneumonia</source>
        <translation>肺炎</translation>
    </message>
    <message>
        <source>Atelectasis</source>
        <translation>肺不张</translation>
    </message>
    <message>
        <source>Pneumothorax</source>
        <translation>气胸</translation>
    </message>
    <message>
        <source>Pleural Effusion</source>
        <translation>胸腔积液</translation>
    </message>
    <message>
        <source>Pleural Other</source>
        <translation>其他胸膜异常</translation>
    </message>
    <message>
        <source>Fracture</source>
        <translation>骨折</translation>
    </message>
    <message>
        <source>Support Devices</source>
        <translation>置入装置</translation>
    </message>
    <message>
        <source>no finding</source>
        <translation>无异常</translation>
    </message>
    <message>
        <source>enlarged cardiomediastinum</source>
        <translation>心纵隔影增大</translation>
    </message>
    <message>
        <source>cardiomegaly</source>
        <translation>心影增大</translation>
    </message>
    <message>
        <source>opacity</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>nodule</source>
        <translation>结节</translation>
    </message>
    <message>
        <source>nodular opacity</source>
        <translation>结节状阴影</translation>
    </message>
    <message>
        <source>mass</source>
        <translation>肿块</translation>
    </message>
    <message>
        <source>granuloma</source>
        <translation>肉芽肿</translation>
    </message>
    <message>
        <source>edema</source>
        <translation>肺水肿</translation>
    </message>
    <message>
        <source>consolidation</source>
        <translation>实变</translation>
    </message>
    <message>
        <source>pneumonia</source>
        <translation>肺炎</translation>
    </message>
    <message>
        <source>atelectasis</source>
        <translation>肺不张</translation>
    </message>
    <message>
        <source>pneumothorax</source>
        <translation>气胸</translation>
    </message>
    <message>
        <source>pleural effusion</source>
        <translation>胸腔积液</translation>
    </message>
    <message>
        <source>pleural other</source>
        <translation>其他胸膜异常</translation>
    </message>
    <message>
        <source>fracture</source>
        <translation>骨折</translation>
    </message>
    <message>
        <source>catheter</source>
        <translation>导管</translation>
    </message>
    <message>
        <source>tube</source>
        <translation>插管</translation>
    </message>
    <message>
        <source>pacemaker</source>
        <translation>起搏器</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>金属植入物</translation>
    </message>
    <message>
        <source>emphysema</source>
        <translation>肺气肿</translation>
    </message>
    <message>
        <source>scar</source>
        <translation>瘢痕</translation>
    </message>
    <message>
        <source>hernia</source>
        <translation>裂孔疝</translation>
    </message>
    <message>
        <source>lymphadenopathy</source>
        <translation>淋巴结肿大</translation>
    </message>
    <message>
        <source>scoliosis</source>
        <translation>脊柱侧弯</translation>
    </message>
    <message>
        <source>degenerative change</source>
        <translation>退行性改变</translation>
    </message>
    <message>
        <source>calcification</source>
        <translation>钙化</translation>
    </message>
</context>
<context>
    <name>learning</name>
    <message>
        <source>The data have a class "%1" that the model does not know; it knows %2.</source>
        <translation>数据中有模型不认识的类别“%1”；它认识 %2。</translation>
    </message>
    <message>
        <source>Files that cannot be read and are left out: %1. The first is %2: %3</source>
        <translation>%1 个文件无法读取，已略去，第一个是 %2：%3</translation>
    </message>
    <message>
        <source>Files that have no class and are left out: %1. The first is %2.</source>
        <translation>%1 个文件没有类别，已略去，第一个是 %2。</translation>
    </message>
    <message>
        <source>Rows of the table that name nothing that is there: %1. The first is "%2".</source>
        <translation>表中有 %1 行没有对应的内容，第一个是“%2”。</translation>
    </message>
    <message>
        <source>None of the %1 labels of the table names a file that is there; the first is "%2".</source>
        <translation>表中的 %1 个标签没有一个对应现有文件；第一个是“%2”。</translation>
    </message>
    <message>
        <source>Put the table beside the files it names, or give the folder with --data and the table with --labels.</source>
        <translation>请将表格放在它所列的文件旁，或用 --data 给出文件夹、用 --labels 给出表格。</translation>
    </message>
    <message>
        <source>None of the %1 files here has a class.</source>
        <translation>这里的 %1 个文件都没有类别。</translation>
    </message>
    <message>
        <source>Put the images of each class into a folder named after it, or give a table file,label.</source>
        <translation>请将各类别的图像放入以类别命名的文件夹，或提供含 file,label 的表格。</translation>
    </message>
    <message>
        <source>There are no images here.</source>
        <translation>此处没有图像。</translation>
    </message>
    <message>
        <source>There is only one class here, "%1" with %2 images; a classifier needs two or more.</source>
        <translation>这里只有一个类别“%1”，共 %2 幅图像；分类器需要两个或更多类别。</translation>
    </message>
    <message>
        <source>None of the %1 files can be read as an image; the first is %2: %3</source>
        <translation>这 %1 个文件都不能作为图像读取；第一个是 %2：%3</translation>
    </message>
    <message>
        <source>Reading images</source>
        <translation>正在读取图像</translation>
    </message>
    <message>
        <source>The range of pixel values is empty: %1 to %2.</source>
        <translation>像素值范围为空：%1 至 %2。</translation>
    </message>
    <message>
        <source>The folder cannot be read: %1.</source>
        <translation>无法读取文件夹：%1。</translation>
    </message>
    <message>
        <source>This table has no column "label", or none of "file", "PatientID", "StudyInstanceUID".</source>
        <translation>此表没有“label”列，或没有“file”“PatientID”“StudyInstanceUID”中的任何一列。</translation>
    </message>
    <message>
        <source>Name the columns file,label[,split][,patient] in the first row.</source>
        <translation>请在第一行写明各列：file,label[,split][,patient]。</translation>
    </message>
    <message>
        <source>Row %1 gives the split "%2"; known are train, validation and test.</source>
        <translation>第 %1 行的划分为“%2”；可用的是 train、validation 和 test。</translation>
    </message>
    <message>
        <source>Row %1 gives %2 another label than a row before: "%3" and "%4".</source>
        <translation>第 %1 行给 %2 的标签与前面的行不同：“%3”和“%4”。</translation>
    </message>
    <message>
        <source>Reading headers</source>
        <translation>正在读取文件头</translation>
    </message>
    <message>
        <source>There is no such file or folder.</source>
        <translation>没有这个文件或文件夹。</translation>
    </message>
    <message>
        <source>This is neither a folder nor an archive nor a table of labels.</source>
        <translation>这既不是文件夹，也不是压缩包或标签表。</translation>
    </message>
    <message>
        <source>Give a folder of class folders, a ZIP or tar.gz of it, or a CSV with file,label.</source>
        <translation>请提供由类别文件夹组成的文件夹、其 ZIP 或 tar.gz，或含 file,label 的 CSV。</translation>
    </message>
    <message>
        <source>The model's only input must be "image" with four dimensions.</source>
        <translation>模型唯一的输入必须是四维的“image”。</translation>
    </message>
    <message>
        <source>The model takes images of %1, but its preprocessing makes %2×%3×%4.</source>
        <translation>模型接受 %1 的图像，但其预处理产生 %2×%3×%4。</translation>
    </message>
    <message>
        <source>The model's output must be "probabilities", made from "logits".</source>
        <translation>模型的输出必须是由“logits”得到的“probabilities”。</translation>
    </message>
    <message>
        <source>The model names %1 classes, but its output is %2.</source>
        <translation>模型列出 %1 个类别，但其输出为 %2 个。</translation>
    </message>
    <message>
        <source>This ONNX file was not trained by Hounsfield: it does not say how images are prepared for it.</source>
        <translation>此 ONNX 文件不是由 Hounsfield 训练的：它没有说明如何为其准备图像。</translation>
    </message>
    <message>
        <source>Choose a model.onnx of a training run.</source>
        <translation>请选择训练记录中的 model.onnx。</translation>
    </message>
    <message>
        <source>The model's class names, facts or threshold cannot be understood.</source>
        <translation>无法理解模型的类别名、事实或阈值。</translation>
    </message>
    <message>
        <source>The model names fewer than two classes, or its threshold is no number.</source>
        <translation>模型列出的类别少于两个，或其阈值不是数字。</translation>
    </message>
    <message>
        <source>Residual network of 9 convolutions with 77,000 weights, trained with augmentation, balanced classes and averaged weights.</source>
        <translation>含 9 个卷积层、77,000 个权重的残差网络，训练时使用数据增强、类别均衡和权重平均。</translation>
    </message>
    <message>
        <source>Most tasks with images of 28 to 64 pixels and hundreds to ten thousands of cases; trains in minutes. The one to begin with.</source>
        <translation>适合多数任务：28 至 64 像素的图像，数百至数万病例；几分钟即可训练完成。建议首先使用。</translation>
    </message>
    <message>
        <source>Three convolutions and two dense layers, trained plainly for a fixed number of epochs; keeps the last.</source>
        <translation>三个卷积层和两个全连接层，按固定轮数简单训练；保留最后一轮。</translation>
    </message>
    <message>
        <source>A quick first look, and a fixed yardstick to compare programs with; large sets of small images.</source>
        <translation>适合快速初试，也是比较不同程序的固定标尺；适合大量小图像。</translation>
    </message>
    <message>
        <source>Residual network of 18 layers with 11 million weights; 3×3 stem up to 64 pixels, 7×7 above.</source>
        <translation>含 18 层、1,100 万个权重的残差网络；64 像素以内用 3×3 首层，以上用 7×7。</translation>
    </message>
    <message>
        <source>Large images (128 to 224 pixels) and thousands of cases, when there is time: hours on a processor.</source>
        <translation>适合大图像（128 至 224 像素）和数千病例，且时间充裕：在处理器上需数小时。</translation>
    </message>
    <message>
        <source>There is no network "%1".</source>
        <translation>没有网络“%1”。</translation>
    </message>
    <message>
        <source>Choose one of: %1.</source>
        <translation>请选择其一：%1。</translation>
    </message>
    <message>
        <source>Images of %1×%2 pixels are too small for %3, which needs at least %4×%4.</source>
        <translation>%1×%2 像素的图像对 %3 太小，它至少需要 %4×%4。</translation>
    </message>
    <message>
        <source>Give a larger size.</source>
        <translation>请给出更大的尺寸。</translation>
    </message>
    <message>
        <source>How many times all training images are seen.</source>
        <translation>全部训练图像被学习的遍数。</translation>
    </message>
    <message>
        <source>Images in one step of learning.</source>
        <translation>每一步学习所用的图像数。</translation>
    </message>
    <message>
        <source>Highest learning rate: larger learns faster, too large diverges.</source>
        <translation>最高学习率：越大学得越快，过大则发散。</translation>
    </message>
    <message>
        <source>Number that all chance comes from; the same seed gives the same model.</source>
        <translation>所有随机性的来源；相同的种子得到相同的模型。</translation>
    </message>
    <message>
        <source>Processors used, 0 for all. The model does not depend on it.</source>
        <translation>使用的处理器数，0 为全部。模型不受其影响。</translation>
    </message>
    <message>
        <source>Pixels as 0 to 1, or also brought to mean 0 and deviation 1 of the training images.</source>
        <translation>像素取 0 至 1，或再按训练图像变为均值 0、标准差 1。</translation>
    </message>
    <message>
        <source>Width and height the images are brought to, in pixels; 0 takes their own up to what the network suits.</source>
        <translation>图像统一到的宽和高（像素）；0 为取其自身尺寸，但不超过网络适合的上限。</translation>
    </message>
    <message>
        <source>Grey (1) or colour (3) images; auto looks at the files.</source>
        <translation>灰度（1）或彩色（3）图像；自动则查看文件。</translation>
    </message>
    <message>
        <source>Pixel value that becomes 0; without it 0 for 8 bits, else the training images' 0.1st percentile.</source>
        <translation>变为 0 的像素值；未填写时 8 位图像取 0，否则取训练图像的第 0.1 百分位数。</translation>
    </message>
    <message>
        <source>Pixel value that becomes 1; without it 255 for 8 bits, else the training images' 99.9th percentile.</source>
        <translation>变为 1 的像素值；未填写时 8 位图像取 255，否则取训练图像的第 99.9 百分位数。</translation>
    </message>
    <message>
        <source>Share of the training cases kept for validation, where the data bring no validation part.</source>
        <translation>数据没有自带验证集时，训练病例中留作验证的比例。</translation>
    </message>
    <message>
        <source>Share of the cases kept for the final test, where the data bring no parts of their own.</source>
        <translation>数据没有自带划分时，全部病例中留作最终测试的比例。</translation>
    </message>
    <message>
        <source>Every image once an epoch, or as many of each class.</source>
        <translation>每轮每幅图像一次，或各类别数量相同。</translation>
    </message>
    <message>
        <source>What happens to the images that do not fill the last batch of an epoch.</source>
        <translation>每轮中不足一批的剩余图像如何处理。</translation>
    </message>
    <message>
        <source>How gradients change the weights.</source>
        <translation>梯度改变权重的方式。</translation>
    </message>
    <message>
        <source>Nesterov momentum of sgd.</source>
        <translation>SGD 的 Nesterov 动量。</translation>
    </message>
    <message>
        <source>Pull of the weights towards 0, against learning by heart.</source>
        <translation>将权重拉向 0 的力度，防止死记硬背。</translation>
    </message>
    <message>
        <source>How the learning rate runs over the training.</source>
        <translation>学习率在训练过程中的变化方式。</translation>
    </message>
    <message>
        <source>Share of certainty taken from the labels, so that the model is less sure of itself.</source>
        <translation>从标签的确定性中扣除的比例，使模型不过分自信。</translation>
    </message>
    <message>
        <source>Whether errors in rare classes count more.</source>
        <translation>罕见类别的错误是否计得更重。</translation>
    </message>
    <message>
        <source>Largest length of the gradient; 0 leaves it as it is.</source>
        <translation>梯度的最大长度；0 为不限制。</translation>
    </message>
    <message>
        <source>Decay of the moving average of the weights, which is used in their place; 0 for none.</source>
        <translation>权重滑动平均的衰减系数，使用时以平均值代替权重；0 为不用。</translation>
    </message>
    <message>
        <source>The weights that are kept: after the last epoch, or of the epoch that is best on validation.</source>
        <translation>保留的权重：最后一轮之后的，或验证集上最佳一轮的。</translation>
    </message>
    <message>
        <source>Epochs without progress on validation after which training ends; 0 for never.</source>
        <translation>验证集上连续多少轮没有进步即结束训练；0 为从不。</translation>
    </message>
    <message>
        <source>In use the mean over this many shifts by one pixel is taken: 1 for none, 5 for all four sides.</source>
        <translation>使用时取这么多个平移一像素的图像的平均：1 为不平移，5 为四个方向。</translation>
    </message>
    <message>
        <source>Least time between two states saved, to go on from after a stop.</source>
        <translation>两次保存状态之间的最短时间，用于停止后继续。</translation>
    </message>
    <message>
        <source>Training images are turned by up to this many degrees.</source>
        <translation>训练图像最多旋转这么多度。</translation>
    </message>
    <message>
        <source>Training images are moved by up to this share of their size.</source>
        <translation>训练图像最多平移其尺寸的这一比例。</translation>
    </message>
    <message>
        <source>Training images are enlarged or shrunk by up to this share.</source>
        <translation>训练图像最多放大或缩小这一比例。</translation>
    </message>
    <message>
        <source>Contrast of training images is changed by up to this share.</source>
        <translation>训练图像的对比度最多改变这一比例。</translation>
    </message>
    <message>
        <source>Brightness of training images is changed by up to this share of the range.</source>
        <translation>训练图像的亮度最多改变取值范围的这一比例。</translation>
    </message>
    <message>
        <source>Up to this share is cut from each side of training images.</source>
        <translation>训练图像每边最多裁去这一比例。</translation>
    </message>
    <message>
        <source>Deviation of noise added to training images, as a share of the range.</source>
        <translation>加入训练图像的噪声的标准差，占取值范围的比例。</translation>
    </message>
    <message>
        <source>Training images are mirrored left to right at random: only where the side means nothing.</source>
        <translation>训练图像随机左右镜像：仅用于左右没有意义的情况。</translation>
    </message>
    <message>
        <source>Scoring images</source>
        <translation>正在评分</translation>
    </message>
    <message>
        <source>There is no slice %1: the image has %2.</source>
        <translation>没有第 %1 层：该图像有 %2 层。</translation>
    </message>
    <message>
        <source>An image of %1 components is neither grey nor colour.</source>
        <translation>含 %1 个分量的图像既不是灰度也不是彩色。</translation>
    </message>
    <message>
        <source>The model's preprocessing cannot be understood.</source>
        <translation>无法理解模型的预处理。</translation>
    </message>
    <message>
        <source>The model's preprocessing makes no sense: a size, range or deviation is wrong.</source>
        <translation>模型的预处理不合理：尺寸、范围或标准差有误。</translation>
    </message>
    <message>
        <source>Row %1 of the predictions cannot be understood.</source>
        <translation>预测结果的第 %1 行无法理解。</translation>
    </message>
    <message>
        <source>Nothing was scored: there are no test or validation cases of more than one class.</source>
        <translation>没有进行评分：没有包含多于一个类别的测试或验证病例。</translation>
    </message>
    <message>
        <source>On %1 cases the model does not tell the classes apart better than chance: AUC %2 (95 % %3 to %4).</source>
        <translation>在 %1 个病例上，模型对各类别的区分不优于随机：AUC %2（95 % 区间 %3 至 %4）。</translation>
    </message>
    <message>
        <source>On %1 cases: AUC %2 (95 % %3 to %4); at threshold %5 it finds %6 % of "%7" and clears %8 % of "%9".</source>
        <translation>在 %1 个病例上：AUC %2（95 % 区间 %3 至 %4）；阈值为 %5 时发现 %6 % 的“%7”，正确排除 %8 % 的“%9”。</translation>
    </message>
    <message>
        <source>On %1 cases: AUC %2 (95 % %3 to %4), %5 % are called rightly.</source>
        <translation>在 %1 个病例上：AUC %2（95 % 区间 %3 至 %4），%5 % 判断正确。</translation>
    </message>
    <message>
        <source>This training is not finished; it can be resumed.</source>
        <translation>此次训练尚未完成；可以继续。</translation>
    </message>
    <message>
        <source>This folder holds no training run.</source>
        <translation>此文件夹中没有训练记录。</translation>
    </message>
    <message>
        <source>The description of this run cannot be understood.</source>
        <translation>无法理解此次训练的说明。</translation>
    </message>
    <message>
        <source>Making the sample radiographs</source>
        <translation>正在生成示例 X 线片</translation>
    </message>
    <message>
        <source>The data bring their own split; it is kept.</source>
        <translation>数据自带划分，予以保留。</translation>
    </message>
    <message>
        <source>Split by patient; files without a patient stand for themselves.</source>
        <translation>按患者划分；没有患者信息的文件各自独立。</translation>
    </message>
    <message>
        <source>Split by patient: no patient lies in two parts.</source>
        <translation>按患者划分：没有患者同时出现在两个部分中。</translation>
    </message>
    <message>
        <source>Split by study, since no patient is known: one patient may lie in two parts.</source>
        <translation>患者未知，按检查划分：同一患者可能出现在两个部分中。</translation>
    </message>
    <message>
        <source>Split by file, since neither patient nor study is known: one patient may lie in two parts.</source>
        <translation>患者和检查均未知，按文件划分：同一患者可能出现在两个部分中。</translation>
    </message>
    <message>
        <source>There is nothing to train on.</source>
        <translation>没有可用于训练的内容。</translation>
    </message>
    <message>
        <source>The saved training has no averaged weights.</source>
        <translation>保存的训练中没有平均权重。</translation>
    </message>
    <message>
        <source>Training left the range of numbers at step %1 of epoch %2 (loss %3).</source>
        <translation>训练在第 %2 轮第 %1 步超出数值范围（损失 %3）。</translation>
    </message>
    <message>
        <source>Lower the learning rate, now %1, or set a largest gradient.</source>
        <translation>请降低学习率（现为 %1），或设置梯度上限。</translation>
    </message>
    <message>
        <source>Training, epoch %1 of %2</source>
        <translation>正在训练，第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>There is no training image of "%1": all %2 images leave %3 to train on.</source>
        <translation>没有“%1”的训练图像：全部 %2 幅图像中 %3 幅可用于训练。</translation>
    </message>
    <message>
        <source>Add images of this class, or keep fewer for validation and test.</source>
        <translation>请增加该类别的图像，或减少留作验证和测试的图像。</translation>
    </message>
    <message>
        <source>%1 patients lie in more than one part of the data's own split: figures are too good.</source>
        <translation>数据自带的划分中有 %1 位患者出现在多个部分：指标会偏高。</translation>
    </message>
    <message>
        <source>The loss never left that of guessing (%1): the network has learned nothing. Try another seed, more epochs or mean-std normalisation.</source>
        <translation>损失始终停留在猜测的水平（%1）：网络什么也没学到。请尝试其他种子、更多轮数或“均值 0，标准差 1”。</translation>
    </message>
    <message>
        <source>There is no validation part, so the threshold is 0.5.</source>
        <translation>没有验证集，因此阈值为 0.5。</translation>
    </message>
    <message>
        <source>There is a training run here already.</source>
        <translation>这里已有训练记录。</translation>
    </message>
    <message>
        <source>Give --resume to go on with it, --force to replace it, or another folder.</source>
        <translation>用 --resume 继续，用 --force 替换，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The saved training has no weights "%1" of this network's form.</source>
        <translation>保存的训练中没有与此网络形式相符的权重“%1”。</translation>
    </message>
    <message>
        <source>The saved training is one of other data, options or another network.</source>
        <translation>保存的训练使用了不同的数据、选项或网络。</translation>
    </message>
    <message>
        <source>Give the options and data it was started with, or --force to start anew.</source>
        <translation>请给出开始时的选项和数据，或用 --force 重新开始。</translation>
    </message>
    <message>
        <source>This file is no saved training.</source>
        <translation>此文件不是保存的训练。</translation>
    </message>
    <message>
        <source>A line of the training's history cannot be understood.</source>
        <translation>训练历史中有一行无法理解。</translation>
    </message>
    <message>
        <source>The classes are uneven: %1 of "%2" against %3 of "%4". Balanced sampling helps; accuracy alone misleads.</source>
        <translation>类别不均衡：“%2”有 %1 幅，“%4”有 %3 幅。均衡采样有帮助；单看准确率会误导。</translation>
    </message>
    <message>
        <source>There are only %1 images of "%2": expect wide intervals; 50 a class are little, 500 are better.</source>
        <translation>“%2”只有 %1 幅图像：区间会很宽；每类 50 幅偏少，500 幅较好。</translation>
    </message>
    <message>
        <source>%1 groups of files have identical pixels within one part.</source>
        <translation>有 %1 组文件在同一部分内像素完全相同。</translation>
    </message>
    <message>
        <source>%1 groups of files with identical pixels lie in more than one part: figures on them are too good.</source>
        <translation>有 %1 组像素完全相同的文件出现在多个部分：由此得出的指标会偏高。</translation>
    </message>
    <message>
        <source>%1 groups of files with identical pixels have different labels, one of them %2.</source>
        <translation>有 %1 组像素完全相同的文件标签不同，其中之一是 %2。</translation>
    </message>
    <message>
        <source>The size of the image alone tells the class of most cases: the model may learn that instead of the picture.</source>
        <translation>仅凭图像尺寸就能判断多数病例的类别：模型可能学到的是尺寸而不是图像内容。</translation>
    </message>
    <message>
        <source>The file format alone tells the class of most cases: the model may learn its traces instead of the picture.</source>
        <translation>仅凭文件格式就能判断多数病例的类别：模型可能学到的是其痕迹而不是图像内容。</translation>
    </message>
    <message>
        <source>The depth of the pixels alone tells the class of most cases: the model may learn that instead of the picture.</source>
        <translation>仅凭像素位深就能判断多数病例的类别：模型可能学到的是位深而不是图像内容。</translation>
    </message>
    <message>
        <source>The modality alone tells the class of most cases: the model may learn that instead of the picture.</source>
        <translation>仅凭检查类型就能判断多数病例的类别：模型可能学到的是检查类型而不是图像内容。</translation>
    </message>
    <message>
        <source>No patient is known: pictures of one patient may lie in different parts, and figures may be too good.</source>
        <translation>患者未知：同一患者的图像可能出现在不同部分，指标可能偏高。</translation>
    </message>
    <message>
        <source>Give images: PNG, JPEG, TIFF, BMP, DICOM, NIfTI, NRRD or MetaImage.</source>
        <translation>请提供图像：PNG、JPEG、TIFF、BMP、DICOM、NIfTI、NRRD 或 MetaImage。</translation>
    </message>
    <message>
        <source>Check how the path is written.</source>
        <translation>请检查路径是否正确。</translation>
    </message>
    <message>
        <source>No image is labelled in this project.</source>
        <translation>本项目中没有带标签的图像。</translation>
    </message>
    <message>
        <source>Open images in the viewer and press L, then a digit.</source>
        <translation>请在阅片页面打开图像，按 L，再按数字。</translation>
    </message>
    <message>
        <source>The network learned for %1 steps only: a smaller batch or more epochs help.</source>
        <translation>网络只学习了 %1 步：减小批大小或增加轮数会有帮助。</translation>
    </message>
    <message>
        <source>The run cannot be written here: %1 is no folder that may be written to.</source>
        <translation>训练结果无法写入此处：%1 不是可写入的文件夹。</translation>
    </message>
    <message>
        <source>Choose another place or change its permissions.</source>
        <translation>请选择其他位置或修改其权限。</translation>
    </message>
    <message>
        <source>The two models were not judged on the same cases: %1 cases with %2 labels against %3 with %4, or other answers.</source>
        <translation>两个模型评判的不是同样的病例：%1 例 %2 个标签，对 %3 例 %4 个标签，或答案不同。</translation>
    </message>
    <message>
        <source>There is nothing to learn from: %1 cases, %2 labels.</source>
        <translation>没有可学习的内容：%1 例，%2 个标签。</translation>
    </message>
    <message>
        <source>%1 cases with %2 labels have %3 answers.</source>
        <translation>%1 例、%2 个标签却有 %3 个答案。</translation>
    </message>
    <message>
        <source>C is %1, but must be above 0.</source>
        <translation>C 为 %1，但必须大于 0。</translation>
    </message>
    <message>
        <source>The weights to start with are of %1 labels and %2 features, not %3 and %4.</source>
        <translation>起始权重有 %1 个标签、%2 个特征，而不是 %3 和 %4。</translation>
    </message>
    <message>
        <source>Feature %1 of %2 has the value %3.</source>
        <translation>特征 %1（共 %2 个）的值为 %3。</translation>
    </message>
    <message>
        <source>Fitting the regression</source>
        <translation>正在拟合回归</translation>
    </message>
    <message>
        <source>Gated recurrent network in both directions; each label attends to the words it needs.</source>
        <translation>双向门控循环网络；每个标签关注它所需要的词。</translation>
    </message>
    <message>
        <source>Most tasks with reports, from some hundred of them on. The one to begin with.</source>
        <translation>适合大多数报告任务，几百份报告即可。建议首选。</translation>
    </message>
    <message>
        <source>The same with LSTM cells in place of GRU cells.</source>
        <translation>同上，但用 LSTM 单元代替 GRU 单元。</translation>
    </message>
    <message>
        <source>Longer reports; a little slower.</source>
        <translation>适合较长的报告；稍慢。</translation>
    </message>
    <message>
        <source>Plain recurrent network: each state from the word and the state before.</source>
        <translation>普通循环网络：每个状态由当前词和前一状态得出。</translation>
    </message>
    <message>
        <source>A yardstick for the gated networks; short texts.</source>
        <translation>门控网络的比较基准；适合短文本。</translation>
    </message>
    <message>
        <source>Each word weighs all others by a bilinear score; no order of words, no recurrence.</source>
        <translation>每个词用双线性得分对其他所有词加权；不考虑词序，无循环。</translation>
    </message>
    <message>
        <source>A yardstick for attention without order; fast.</source>
        <translation>不考虑词序的注意力的比较基准；速度快。</translation>
    </message>
    <message>
        <source>Two encoder layers of four heads with places of words, normalised first.</source>
        <translation>两层编码器，每层四个头，带词的位置，先做归一化。</translation>
    </message>
    <message>
        <source>Thousands of reports; slower than the recurrent networks on a processor.</source>
        <translation>适合数千份报告；在处理器上比循环网络慢。</translation>
    </message>
    <message>
        <source>There is no network of texts "%1".</source>
        <translation>没有文本网络“%1”。</translation>
    </message>
    <message>
        <source>Reading texts</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>Numbers that stand for a word.</source>
        <translation>表示一个词的数字个数。</translation>
    </message>
    <message>
        <source>Units of the recurrent layer in each direction.</source>
        <translation>循环层每个方向的单元数。</translation>
    </message>
    <message>
        <source>Share of the numbers left out at random while training, against learning by heart.</source>
        <translation>训练时随机略去的数字所占比例，防止死记硬背。</translation>
    </message>
    <message>
        <source>The network's "logits" have the shape %1, but its labels need %2.</source>
        <translation>网络的“logits”形状为 %1，而其标签需要 %2。</translation>
    </message>
    <message>
        <source>Nothing says which generator made these images: %1 is missing.</source>
        <translation>无从得知这些图像由哪个生成器合成：缺少 %1。</translation>
    </message>
    <message>
        <source>Give a folder of synthetic images as Hounsfield writes it; real images are data.</source>
        <translation>请给出 Hounsfield 所写的合成图像文件夹；真实图像属于数据。</translation>
    </message>
    <message>
        <source>There are no synthetic images of a class here.</source>
        <translation>此处没有属于某一类别的合成图像。</translation>
    </message>
    <message>
        <source>The synthetic images have a class "%1" that the data do not have; they have %2.</source>
        <translation>合成图像有类别“%1”，而数据没有；数据有 %2。</translation>
    </message>
    <message>
        <source>Make the images with a generator that was trained on these data.</source>
        <translation>请用在这些数据上训练的生成器合成图像。</translation>
    </message>
    <message>
        <source>All images are synthetic ones in a validation or test part.</source>
        <translation>所有图像都是验证集或测试集中的合成图像。</translation>
    </message>
    <message>
        <source>This is no provenance of synthetic images.</source>
        <translation>这不是合成图像的来源说明。</translation>
    </message>
    <message>
        <source>Make the images anew; their folder then says where they come from.</source>
        <translation>请重新合成图像；其文件夹便会说明来源。</translation>
    </message>
    <message>
        <source>Synthetic images in the validation or test part of the data: %1. They are left out, since figures on them say nothing of patients. The first is %2.</source>
        <translation>数据的验证集或测试集中有合成图像：%1。它们未被采用，因为其上的指标不能说明患者的情况。第一幅为 %2。</translation>
    </message>
    <message>
        <source>Synthetic images whose pixels are exactly those of a real image: %1. They are left out. The first is %2.</source>
        <translation>像素与某幅真实图像完全相同的合成图像：%1。它们未被采用。第一幅为 %2。</translation>
    </message>
    <message>
        <source>Synthetic images: %1 of %2, made by %3 known generators. They are trained on, never validated or tested on.</source>
        <translation>合成图像：%1 / %2，由 %3 个已知生成器合成。只用于训练，绝不用于验证或测试。</translation>
    </message>
    <message>
        <source>Nothing says which generator made %1 of the synthetic images: it may have seen images that are tested on here, and then figures are too good.</source>
        <translation>无从得知其中 %1 幅合成图像由哪个生成器合成：它可能见过此处用于测试的图像，那样指标会偏高。</translation>
    </message>
    <message>
        <source>The generator that made the synthetic images has seen %1 of the images, or their patients, that would be validated or tested on here; the first is %2.</source>
        <translation>合成这些图像的生成器见过此处将用于验证或测试的 %1 幅图像或其患者；第一幅为 %2。</translation>
    </message>
    <message>
        <source>Train with the data, the seed and the shares that the generator was trained with, or make images anew.</source>
        <translation>请使用生成器训练时的数据、种子和比例进行训练，或重新合成图像。</translation>
    </message>
    <message>
        <source>The generator that made the synthetic images was trained on another split of the data: it may have seen images that are validated or tested on here.</source>
        <translation>合成这些图像的生成器是在数据的另一种划分上训练的：它可能见过此处用于验证或测试的图像。</translation>
    </message>
</context>
<context>
    <name>nn</name>
    <message>
        <source>The test cases cannot be read.</source>
        <translation>无法读取测试用例。</translation>
    </message>
    <message>
        <source>The test cases are damaged.</source>
        <translation>测试用例已损坏。</translation>
    </message>
    <message>
        <source>There is no such test case.</source>
        <translation>没有这个测试用例。</translation>
    </message>
    <message>
        <source>The operator %1 is not known here.</source>
        <translation>此处不认识运算 %1。</translation>
    </message>
    <message>
        <source>The folder holds no test cases.</source>
        <translation>文件夹中没有测试用例。</translation>
    </message>
    <message>
        <source>Testing operators</source>
        <translation>正在测试运算</translation>
    </message>
    <message>
        <source>There is not enough memory for a batch of this size.</source>
        <translation>内存不足以处理这样大的一批。</translation>
    </message>
    <message>
        <source>Choose a smaller batch.</source>
        <translation>请选择较小的批大小。</translation>
    </message>
    <message>
        <source>The network has no input %1.</source>
        <translation>网络没有输入 %1。</translation>
    </message>
    <message>
        <source>The input %1 was planned for the shape %2, not %3.</source>
        <translation>输入 %1 是按形状 %2 规划的，而不是 %3。</translation>
    </message>
    <message>
        <source>The input %1 has another element type.</source>
        <translation>输入 %1 的元素类型不符。</translation>
    </message>
    <message>
        <source>The input %1 is there twice.</source>
        <translation>输入 %1 出现了两次。</translation>
    </message>
    <message>
        <source>Two nodes are named %1.</source>
        <translation>有两个节点名为 %1。</translation>
    </message>
    <message>
        <source>The value %1 is made twice.</source>
        <translation>值 %1 被产生了两次。</translation>
    </message>
    <message>
        <source>The value %1 is used, but nothing makes it.</source>
        <translation>使用了值 %1，但没有节点产生它。</translation>
    </message>
    <message>
        <source>Nothing makes the output %1.</source>
        <translation>没有节点产生输出 %1。</translation>
    </message>
    <message>
        <source>The graph has a cycle: a node needs what it makes itself.</source>
        <translation>计算图有环：某个节点需要它自己产生的值。</translation>
    </message>
    <message>
        <source>The file is damaged or no ONNX model; export it again.</source>
        <translation>文件已损坏或不是 ONNX 模型；请重新导出。</translation>
    </message>
    <message>
        <source>The file is larger than 2 GB.</source>
        <translation>文件大于 2 GB。</translation>
    </message>
    <message>
        <source>This is no ONNX file.</source>
        <translation>这不是 ONNX 文件。</translation>
    </message>
    <message>
        <source>The attribute %1 is of a kind that is not known here.</source>
        <translation>属性 %1 的种类在此处未知。</translation>
    </message>
    <message>
        <source>The operator is of the domain "%1", which is not known here.</source>
        <translation>该运算属于此处未知的域“%1”。</translation>
    </message>
    <message>
        <source>Export the model with the operators of the ONNX standard only.</source>
        <translation>请只用 ONNX 标准中的运算导出模型。</translation>
    </message>
    <message>
        <source>The attribute %1 stands twice.</source>
        <translation>属性 %1 出现了两次。</translation>
    </message>
    <message>
        <source>An input or output is no tensor.</source>
        <translation>有一个输入或输出不是张量。</translation>
    </message>
    <message>
        <source>A dimension is negative.</source>
        <translation>有一个维度为负。</translation>
    </message>
    <message>
        <source>The model has sparse weights.</source>
        <translation>模型含有稀疏权重。</translation>
    </message>
    <message>
        <source>Export it with dense weights.</source>
        <translation>请用稠密权重导出。</translation>
    </message>
    <message>
        <source>Two weights share a name, or one has none.</source>
        <translation>有两个权重同名，或有权重没有名称。</translation>
    </message>
    <message>
        <source>The model has no graph.</source>
        <translation>模型没有计算图。</translation>
    </message>
    <message>
        <source>The version of the operators, %1, is none.</source>
        <translation>运算版本 %1 无效。</translation>
    </message>
    <message>
        <source>This is a PyTorch or pickle file, which can run code when it is opened.</source>
        <translation>这是 PyTorch 或 pickle 文件，打开时可能运行代码。</translation>
    </message>
    <message>
        <source>Export the model to ONNX first (torch.onnx.export).</source>
        <translation>请先将模型导出为 ONNX（torch.onnx.export）。</translation>
    </message>
    <message>
        <source>The tensor's shape asks for %1 elements, %2 are there.</source>
        <translation>张量的形状需要 %1 个元素，实有 %2 个。</translation>
    </message>
    <message>
        <source>The file is damaged; export the model again.</source>
        <translation>文件已损坏；请重新导出模型。</translation>
    </message>
    <message>
        <source>Elements of type %1 are not known here.</source>
        <translation>此处不认识类型 %1 的元素。</translation>
    </message>
    <message>
        <source>Export the model with 32-bit floating point numbers.</source>
        <translation>请用 32 位浮点数导出模型。</translation>
    </message>
    <message>
        <source>The weights lie in another file, which is never opened.</source>
        <translation>权重在另一个文件中，该文件绝不会被打开。</translation>
    </message>
    <message>
        <source>Export the model as one file, without external data.</source>
        <translation>请将模型导出为单个文件，不带外部数据。</translation>
    </message>
    <message>
        <source>The tensor comes in segments.</source>
        <translation>张量是分段的。</translation>
    </message>
    <message>
        <source>The tensor's shape is negative or larger than 2 GB.</source>
        <translation>张量的形状为负或大于 2 GB。</translation>
    </message>
    <message>
        <source>The slope %1 is larger than the input %2.</source>
        <translation>斜率 %1 的尺寸大于输入 %2。</translation>
    </message>
    <message>
        <source>The constant is of a kind that is not known here.</source>
        <translation>该常量的种类在此处未知。</translation>
    </message>
    <message>
        <source>%1 is no shape.</source>
        <translation>%1 不是形状。</translation>
    </message>
    <message>
        <source>Weights %1 in %2 groups do not fit an input of %3.</source>
        <translation>%2 组的权重 %1 与输入 %3 不符。</translation>
    </message>
    <message>
        <source>kernel_shape is not that of the weights %1.</source>
        <translation>kernel_shape 与权重 %1 不符。</translation>
    </message>
    <message>
        <source>The bias %1 has not %2 values.</source>
        <translation>偏置 %1 不是 %2 个值。</translation>
    </message>
    <message>
        <source>A share of %1 cannot be dropped.</source>
        <translation>无法丢弃比例 %1。</translation>
    </message>
    <message>
        <source>Shapes %1 and %2 are no matrices.</source>
        <translation>形状 %1 和 %2 不是矩阵。</translation>
    </message>
    <message>
        <source>Shapes %1 and %2 do not fit together.</source>
        <translation>形状 %1 与 %2 不相配。</translation>
    </message>
    <message>
        <source>A scalar has no matrix product.</source>
        <translation>标量没有矩阵乘积。</translation>
    </message>
    <message>
        <source>A scalar has no channels.</source>
        <translation>标量没有通道。</translation>
    </message>
    <message>
        <source>Input %1 has the shape %2, the channels are %3.</source>
        <translation>输入 %1 的形状为 %2，通道数为 %3。</translation>
    </message>
    <message>
        <source>Normalization of each place on its own is not known here.</source>
        <translation>此处不支持逐位置归一化。</translation>
    </message>
    <message>
        <source>An input of shape %1 has no spatial axes.</source>
        <translation>形状为 %1 的输入没有空间轴。</translation>
    </message>
    <message>
        <source>The image %1 is empty.</source>
        <translation>图像 %1 是空的。</translation>
    </message>
    <message>
        <source>Shape %1 copies a dimension that %2 has not.</source>
        <translation>形状 %1 复制了 %2 所没有的维度。</translation>
    </message>
    <message>
        <source>%1 is no shape to reshape to.</source>
        <translation>%1 不是可以变换到的形状。</translation>
    </message>
    <message>
        <source>%1 values cannot take the shape %2.</source>
        <translation>%1 个值无法取形状 %2。</translation>
    </message>
    <message>
        <source>The attribute perm does not name each of %1 axes once.</source>
        <translation>属性 perm 没有将 %1 个轴各列出一次。</translation>
    </message>
    <message>
        <source>Shapes %1 and %2 cannot be put together along axis %3.</source>
        <translation>形状 %1 和 %2 无法沿轴 %3 拼接。</translation>
    </message>
    <message>
        <source>Input %1 is missing.</source>
        <translation>缺少输入 %1。</translation>
    </message>
    <message>
        <source>Input %1 cannot be of type %2.</source>
        <translation>输入 %1 不能为类型 %2。</translation>
    </message>
    <message>
        <source>Input %1 is of type %2, but the first of type %3.</source>
        <translation>输入 %1 的类型为 %2，而第一个的类型为 %3。</translation>
    </message>
    <message>
        <source>Axis %1 does not exist in %2 dimensions.</source>
        <translation>%2 维中不存在轴 %1。</translation>
    </message>
    <message>
        <source>Axis %1 is named twice.</source>
        <translation>轴 %1 被列出两次。</translation>
    </message>
    <message>
        <source>Input %1 has to be known before the model runs.</source>
        <translation>输入 %1 必须在模型运行之前已知。</translation>
    </message>
    <message>
        <source>Export the model with fixed shapes.</source>
        <translation>请用固定形状导出模型。</translation>
    </message>
    <message>
        <source>Input %1 has to be a list of integers.</source>
        <translation>输入 %1 必须是整数列表。</translation>
    </message>
    <message>
        <source>Input %1 has to be one number.</source>
        <translation>输入 %1 必须是一个数。</translation>
    </message>
    <message>
        <source>The shape %1 is not known.</source>
        <translation>形状 %1 未知。</translation>
    </message>
    <message>
        <source>A value of shape %1 is too large.</source>
        <translation>形状为 %1 的值过大。</translation>
    </message>
    <message>
        <source>The attribute %1 does not fit %2 axes.</source>
        <translation>属性 %1 与 %2 个轴不符。</translation>
    </message>
    <message>
        <source>An input of shape %1 has not 1 to 3 spatial axes.</source>
        <translation>形状为 %1 的输入没有 1 至 3 个空间轴。</translation>
    </message>
    <message>
        <source>The kernel does not fit an input of shape %1.</source>
        <translation>卷积核与形状为 %1 的输入不符。</translation>
    </message>
    <message>
        <source>The window is larger than the image %1.</source>
        <translation>窗口大于图像 %1。</translation>
    </message>
    <message>
        <source>The state of the optimizer was saved for another network or another optimizer.</source>
        <translation>优化器的状态是为另一个网络或另一种优化器保存的。</translation>
    </message>
    <message>
        <source>The shape of the network's input %1 is not given.</source>
        <translation>没有给出网络输入 %1 的形状。</translation>
    </message>
    <message>
        <source>The network's input %1 has the shape %2, not %3.</source>
        <translation>网络输入 %1 的形状为 %2，而不是 %3。</translation>
    </message>
    <message>
        <source>The operator %1 is not known.</source>
        <translation>运算 %1 未知。</translation>
    </message>
    <message>
        <source>The value %1 is used before it is made.</source>
        <translation>值 %1 在产生之前就被使用。</translation>
    </message>
    <message>
        <source>The network has no value %1.</source>
        <translation>网络没有值 %1。</translation>
    </message>
    <message>
        <source>There is no gradient of the operator %1.</source>
        <translation>运算 %1 没有梯度。</translation>
    </message>
    <message>
        <source>The operator %1 (version %2) is not known here.</source>
        <translation>此处不认识运算 %1（版本 %2）。</translation>
    </message>
    <message>
        <source>The input %1 was not given.</source>
        <translation>没有给出输入 %1。</translation>
    </message>
    <message>
        <source>Axis %1 of shape %2 is not of length 1.</source>
        <translation>形状 %2 的轴 %1 长度不为 1。</translation>
    </message>
    <message>
        <source>Index %1 lies outside an axis of %2.</source>
        <translation>索引 %1 超出长度为 %2 的轴。</translation>
    </message>
    <message>
        <source>A cast to type %1 is not known here.</source>
        <translation>此处不支持转换为类型 %1。</translation>
    </message>
    <message>
        <source>Axis %1 of shape %2 is empty.</source>
        <translation>形状 %2 的轴 %1 是空的。</translation>
    </message>
    <message>
        <source>%1 repeats of axis %2 do not fit %3.</source>
        <translation>轴 %2 重复 %1 次与 %3 不相配。</translation>
    </message>
    <message>
        <source>Repeats %1 do not fit %2.</source>
        <translation>重复次数 %1 与 %2 不相配。</translation>
    </message>
    <message>
        <source>Blocks of %1 do not fit an image of %2.</source>
        <translation>大小为 %1 的块与图像 %2 不相配。</translation>
    </message>
    <message>
        <source>The shape %1 is that of no matrix.</source>
        <translation>形状 %1 不是矩阵的形状。</translation>
    </message>
    <message>
        <source>%1 is no reduction of a loss.</source>
        <translation>%1 不是损失的归约方式。</translation>
    </message>
    <message>
        <source>Classes %1 do not fit scores of shape %2.</source>
        <translation>类别 %1 与形状为 %2 的得分不相配。</translation>
    </message>
    <message>
        <source>Input %1 has the shape %2, not %3.</source>
        <translation>输入 %1 的形状为 %2，而不是 %3。</translation>
    </message>
    <message>
        <source>There is no class %1 among %2.</source>
        <translation>共 %2 个类别，其中没有类别 %1。</translation>
    </message>
    <message>
        <source>There is no range from %1 to %2 in steps of %3.</source>
        <translation>从 %1 到 %2、步长为 %3 的范围不存在。</translation>
    </message>
    <message>
        <source>%1 is no term of an equation.</source>
        <translation>%1 不是等式中的项。</translation>
    </message>
    <message>
        <source>The equation %1 has not %2 terms.</source>
        <translation>等式 %1 不是 %2 项。</translation>
    </message>
    <message>
        <source>The term %1 does not fit the shape %2.</source>
        <translation>项 %1 与形状 %2 不相配。</translation>
    </message>
    <message>
        <source>One letter stands for the lengths %1 and %2.</source>
        <translation>同一个字母代表了长度 %1 和 %2。</translation>
    </message>
    <message>
        <source>The equation's output does not name letters of its terms once each.</source>
        <translation>等式的输出没有将各项中的字母各列一次。</translation>
    </message>
    <message>
        <source>The equation asks for too many products.</source>
        <translation>等式要求的乘积过多。</translation>
    </message>
    <message>
        <source>Indices %1 do not fit data of %2.</source>
        <translation>索引 %1 与数据 %2 不相配。</translation>
    </message>
    <message>
        <source>The reduction %1 is not known here.</source>
        <translation>此处不认识归约方式 %1。</translation>
    </message>
    <message>
        <source>There is no gradient of the reduction %1.</source>
        <translation>归约方式 %1 没有梯度。</translation>
    </message>
    <message>
        <source>%1 is no depth.</source>
        <translation>%1 不是深度。</translation>
    </message>
    <message>
        <source>%1 pads do not fit %2 axes.</source>
        <translation>%1 个填充值与 %2 个轴不相配。</translation>
    </message>
    <message>
        <source>Pads of the mode %1 are not known here.</source>
        <translation>此处不认识填充方式 %1。</translation>
    </message>
    <message>
        <source>Pads of %1 and %2 do not fit a length of %3.</source>
        <translation>填充 %1 和 %2 与长度 %3 不相配。</translation>
    </message>
    <message>
        <source>%1 is no direction.</source>
        <translation>%1 不是方向。</translation>
    </message>
    <message>
        <source>An input of shape %1 is no sequence.</source>
        <translation>形状为 %1 的输入不是序列。</translation>
    </message>
    <message>
        <source>Weights %1 and %2 do not fit an input of %3.</source>
        <translation>权重 %1 和 %2 与输入 %3 不相配。</translation>
    </message>
    <message>
        <source>%1 activations are named, not %2.</source>
        <translation>列出了 %1 个激活函数，而不是 %2 个。</translation>
    </message>
    <message>
        <source>The activation %1 is not known here.</source>
        <translation>此处不认识激活函数 %1。</translation>
    </message>
    <message>
        <source>A sequence of %1 steps does not fit %2.</source>
        <translation>%1 步的序列与 %2 步不相配。</translation>
    </message>
    <message>
        <source>Resizing of the kind %1, %2 is not known here.</source>
        <translation>此处不认识缩放方式 %1、%2。</translation>
    </message>
    <message>
        <source>Scales, sizes or region are not given for each of %1 axes.</source>
        <translation>没有为 %1 个轴逐一给出比例、大小或区域。</translation>
    </message>
    <message>
        <source>A length of %1 cannot be resized to %2.</source>
        <translation>长度 %1 无法缩放为 %2。</translation>
    </message>
    <message>
        <source>An input of shape %1 has no channels.</source>
        <translation>形状为 %1 的输入没有通道。</translation>
    </message>
    <message>
        <source>%1 channels do not make %2 groups.</source>
        <translation>%1 个通道无法分成 %2 组。</translation>
    </message>
    <message>
        <source>%1 elements cannot be taken of %2.</source>
        <translation>无法从 %2 个元素中取出 %1 个。</translation>
    </message>
    <message>
        <source>The lists of starts, ends, axes and steps are not of one length.</source>
        <translation>起点、终点、轴和步长的列表长度不一致。</translation>
    </message>
    <message>
        <source>A slice cannot go in steps of 0.</source>
        <translation>切片的步长不能为 0。</translation>
    </message>
    <message>
        <source>A length of %1 cannot be split into %2 parts.</source>
        <translation>长度 %1 无法分成 %2 份。</translation>
    </message>
    <message>
        <source>Parts of %1 do not make up a length of %2.</source>
        <translation>各份 %1 合起来不是长度 %2。</translation>
    </message>
    <message>
        <source>%1 inputs are no weights with gradients and states.</source>
        <translation>%1 个输入不是带梯度和状态的权重。</translation>
    </message>
    <message>
        <source>The window makes an image that is too large of %1.</source>
        <translation>窗口由 %1 得到的图像过大。</translation>
    </message>
    <message>
        <source>The pads are larger than the image that is made of %1.</source>
        <translation>填充大于由 %1 得到的图像。</translation>
    </message>
    <message>
        <source>A word's number lies outside the table of %1.</source>
        <translation>词的编号超出了 %1 个词的表。</translation>
    </message>
    <message>
        <source>The node makes nothing.</source>
        <translation>该节点不产生任何值。</translation>
    </message>
    <message>
        <source>The saved power iteration belongs to another network.</source>
        <translation>保存的幂迭代属于另一个网络。</translation>
    </message>
</context>
<context>
    <name>reader</name>
    <message>
        <source>The archive is damaged (%1).</source>
        <translation>压缩包已损坏（%1）。</translation>
    </message>
    <message>
        <source>Pack or download it again.</source>
        <translation>请重新打包或下载。</translation>
    </message>
    <message>
        <source>This is no archive that can be read (ZIP, tar, tar.gz or gz).</source>
        <translation>这不是可读取的压缩包（ZIP、tar、tar.gz 或 gz）。</translation>
    </message>
    <message>
        <source>The archive holds more than %1 entries.</source>
        <translation>压缩包中的条目超过 %1 个。</translation>
    </message>
    <message>
        <source>Unpack it and open the folder.</source>
        <translation>请解压后打开文件夹。</translation>
    </message>
    <message>
        <source>The archive holds the name %1, which leads out of its folder.</source>
        <translation>压缩包中的名称 %1 指向其文件夹之外。</translation>
    </message>
    <message>
        <source>Do not use this archive.</source>
        <translation>请勿使用此压缩包。</translation>
    </message>
    <message>
        <source>The archive is encrypted.</source>
        <translation>压缩包已加密。</translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation>请先解压。</translation>
    </message>
    <message>
        <source>The entry is larger than the %1 bytes allowed.</source>
        <translation>条目超过允许的 %1 字节。</translation>
    </message>
    <message>
        <source>The archive swells to more than %1 times its size.</source>
        <translation>压缩包解压后超过其大小的 %1 倍。</translation>
    </message>
    <message>
        <source>It is made to fill the machine; leave it out.</source>
        <translation>它会占满本机存储；请将其排除。</translation>
    </message>
    <message>
        <source>There is no memory to unpack the entry.</source>
        <translation>没有足够的内存解压该条目。</translation>
    </message>
    <message>
        <source>The archive holds no such entry.</source>
        <translation>压缩包中没有该条目。</translation>
    </message>
    <message>
        <source>The file ends before its picture does.</source>
        <translation>文件在图像结束之前就已结束。</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>请重新复制或下载。</translation>
    </message>
    <message>
        <source>This kind of JPEG (lossless, hierarchical or arithmetic) is read in DICOM files only.</source>
        <translation>此类 JPEG（无损、分层或算术编码）仅可在 DICOM 文件中读取。</translation>
    </message>
    <message>
        <source>BigTIFF is not read.</source>
        <translation>不支持读取 BigTIFF。</translation>
    </message>
    <message>
        <source>Save it as an ordinary TIFF or PNG.</source>
        <translation>请另存为普通 TIFF 或 PNG。</translation>
    </message>
    <message>
        <source>Compressed BMP is not read.</source>
        <translation>不支持读取压缩的 BMP。</translation>
    </message>
    <message>
        <source>Save it as PNG.</source>
        <translation>请另存为 PNG。</translation>
    </message>
    <message>
        <source>A fragment of the pixel data is missing.</source>
        <translation>像素数据缺少一个片段。</translation>
    </message>
    <message>
        <source>A fragment of the pixel data cannot be read.</source>
        <translation>无法读取像素数据的一个片段。</translation>
    </message>
    <message>
        <source>Frame %1 ends before its picture does.</source>
        <translation>第 %1 帧在图像结束之前就已结束。</translation>
    </message>
    <message>
        <source>Copy the file again from its source.</source>
        <translation>请从来源重新复制文件。</translation>
    </message>
    <message>
        <source>The header says %1 bits, the compressed pixels have %2; theirs are used.</source>
        <translation>头信息为 %1 位，压缩像素为 %2 位；以压缩像素为准。</translation>
    </message>
    <message>
        <source>The transfer syntax %1 (%2) is not read.</source>
        <translation>不支持读取传输语法 %1（%2）。</translation>
    </message>
    <message>
        <source>Have it exported uncompressed.</source>
        <translation>请以未压缩形式导出。</translation>
    </message>
    <message>
        <source>The pixel data are empty.</source>
        <translation>像素数据为空。</translation>
    </message>
    <message>
        <source>The file states %1 frames and holds %2.</source>
        <translation>文件声明有 %1 帧，实际有 %2 帧。</translation>
    </message>
    <message>
        <source>Compressed pixels of %1 bits are not read.</source>
        <translation>不支持读取 %1 位的压缩像素。</translation>
    </message>
    <message>
        <source>Frame %1 is %2 × %3 inside, the header says %4 × %5.</source>
        <translation>第 %1 帧内部为 %2 × %3，头信息为 %4 × %5。</translation>
    </message>
    <message>
        <source>The run-length coded frame is damaged or cut.</source>
        <translation>游程编码的帧已损坏或被截断。</translation>
    </message>
    <message>
        <source>Frame %1 cannot be decoded (%2).</source>
        <translation>无法解码第 %1 帧（%2）。</translation>
    </message>
    <message>
        <source>Frame %1 is damaged (%2).</source>
        <translation>第 %1 帧已损坏（%2）。</translation>
    </message>
    <message>
        <source>The JPEG 2000 frames cannot be decoded.</source>
        <translation>无法解码 JPEG 2000 帧。</translation>
    </message>
    <message>
        <source>The JPEG 2000 frames hold other bits than the header says.</source>
        <translation>JPEG 2000 帧的位数与头信息不符。</translation>
    </message>
    <message>
        <source>Pixels of %1 bits are not read.</source>
        <translation>不支持读取 %1 位的像素。</translation>
    </message>
    <message>
        <source>The header contradicts itself: %1 bits stored up to bit %2 in cells of %3 bits.</source>
        <translation>头信息自相矛盾：在 %3 位的单元中存储 %1 位，最高位为 %2。</translation>
    </message>
    <message>
        <source>Pixels of the kind %1 are not read.</source>
        <translation>不支持读取 %1 类型的像素。</translation>
    </message>
    <message>
        <source>The header contradicts itself: %1 with %2 samples a pixel.</source>
        <translation>头信息自相矛盾：%1，每像素 %2 个样本。</translation>
    </message>
    <message>
        <source>Colours of %1 bits are not read.</source>
        <translation>不支持读取 %1 位的颜色。</translation>
    </message>
    <message>
        <source>The pixel data are cut: %1 bytes are needed, %2 are there.</source>
        <translation>像素数据被截断：需要 %1 字节，实际有 %2 字节。</translation>
    </message>
    <message>
        <source>%1 bytes behind the picture are not shown.</source>
        <translation>图像之后的 %1 字节未显示。</translation>
    </message>
    <message>
        <source>Frames that the file holds beyond those it states, which are not shown: %1.</source>
        <translation>文件比声明多 %1 帧；这些帧未显示。</translation>
    </message>
    <message>
        <source>The file has no pixel data.</source>
        <translation>文件没有像素数据。</translation>
    </message>
    <message>
        <source>The pixel data cannot be read.</source>
        <translation>无法读取像素数据。</translation>
    </message>
    <message>
        <source>The frame holds too few samples.</source>
        <translation>该帧的样本数过少。</translation>
    </message>
    <message>
        <source>The transfer syntax %1 is not known.</source>
        <translation>未知的传输语法 %1。</translation>
    </message>
    <message>
        <source>%1 is unusable (%2): lengths are not known.</source>
        <translation>%1 无法使用（%2）：长度未知。</translation>
    </message>
    <message>
        <source>The header estimates that the picture is magnified %1 times.</source>
        <translation>头信息估计图像放大了 %1 倍。</translation>
    </message>
    <message>
        <source>A window of width %1 in the file is left out.</source>
        <translation>文件中宽度为 %1 的窗口已忽略。</translation>
    </message>
    <message>
        <source>The character set of the file's texts is wrong or missing; they were read as what they look like.</source>
        <translation>文件文字的字符集错误或缺失；已按其外观读取。</translation>
    </message>
    <message>
        <source>%1 is no whole number (%2); %3 is used.</source>
        <translation>%1 不是整数（%2）；改用 %3。</translation>
    </message>
    <message>
        <source>The file describes %1 of its %2 frames; their places are not known.</source>
        <translation>文件仅描述了 %2 帧中的 %1 帧；其位置未知。</translation>
    </message>
    <message>
        <source>%1 is missing: the pixels cannot be understood.</source>
        <translation>缺少 %1：无法解读像素。</translation>
    </message>
    <message>
        <source>The file is damaged; leave it out.</source>
        <translation>文件已损坏；请将其排除。</translation>
    </message>
    <message>
        <source>The picture has no size (%1 × %2).</source>
        <translation>图像没有大小（%1 × %2）。</translation>
    </message>
    <message>
        <source>The file states %1 frames.</source>
        <translation>文件声明有 %1 帧。</translation>
    </message>
    <message>
        <source>Drawings over the picture (%1 overlays) are in the file; they are not shown.</source>
        <translation>文件中有图像上的绘图（%1 个叠加层）；未显示。</translation>
    </message>
    <message>
        <source>The file asks for a shutter (%1) at the border; the whole picture is shown.</source>
        <translation>文件要求在边缘加遮光（%1）；此处显示整幅图像。</translation>
    </message>
    <message>
        <source>By its header the picture has text burned in; it may name the patient.</source>
        <translation>根据头信息，图像中烧录有文字；可能包含患者姓名。</translation>
    </message>
    <message>
        <source>The modality lookup table of the file is damaged; stored values are shown.</source>
        <translation>文件的模态查找表已损坏；显示存储值。</translation>
    </message>
    <message>
        <source>DCMTK's dictionary is missing: DICOM files cannot be read.</source>
        <translation>缺少 DCMTK 的字典：无法读取 DICOM 文件。</translation>
    </message>
    <message>
        <source>Install the package libdcmtk17 or set DCMDICTPATH.</source>
        <translation>请安装软件包 libdcmtk17 或设置 DCMDICTPATH。</translation>
    </message>
    <message>
        <source>The DICOM file is damaged or cut (%1).</source>
        <translation>DICOM 文件已损坏或被截断（%1）。</translation>
    </message>
    <message>
        <source>Copy it again from its source.</source>
        <translation>请从来源重新复制。</translation>
    </message>
    <message>
        <source>The DICOM file is empty behind its preamble.</source>
        <translation>DICOM 文件在前导部分之后为空。</translation>
    </message>
    <message>
        <source>RescaleSlope is 0: every value would be the same.</source>
        <translation>RescaleSlope 为 0：所有值都将相同。</translation>
    </message>
    <message>
        <source>The volume could not be packed.</source>
        <translation>无法压缩体数据。</translation>
    </message>
    <message>
        <source>Sides of more than 32767 voxels cannot be written.</source>
        <translation>无法写入边长超过 32767 个体素的数据。</translation>
    </message>
    <message>
        <source>The voxels do not fit their geometry.</source>
        <translation>体素与其几何信息不符。</translation>
    </message>
    <message>
        <source>The picture claims %1 × %2 pixels, more than its file can hold.</source>
        <translation>图像声称有 %1 × %2 像素，超出其文件所能容纳。</translation>
    </message>
    <message>
        <source>The file is damaged or made to fill the machine; leave it out.</source>
        <translation>文件已损坏或会占满本机存储；请将其排除。</translation>
    </message>
    <message>
        <source>The picture is turned as its EXIF orientation %1 asks.</source>
        <translation>已按 EXIF 方向 %1 旋转图像。</translation>
    </message>
    <message>
        <source>CMYK was converted to RGB.</source>
        <translation>已将 CMYK 转换为 RGB。</translation>
    </message>
    <message>
        <source>Transparency was put over black.</source>
        <translation>透明部分已置于黑色背景上。</translation>
    </message>
    <message>
        <source>The palette was converted to its colours.</source>
        <translation>已将调色板转换为相应颜色。</translation>
    </message>
    <message>
        <source>The first of %1 pages is shown.</source>
        <translation>共 %1 页，显示第一页。</translation>
    </message>
    <message>
        <source>The file contradicts itself about the size of its picture.</source>
        <translation>文件关于图像大小的信息自相矛盾。</translation>
    </message>
    <message>
        <source>The name promises DICOM, but this is a %1 file.</source>
        <translation>名称表明是 DICOM，但这是 %1 文件。</translation>
    </message>
    <message>
        <source>This is an archive, not an image.</source>
        <translation>这是压缩包，不是图像。</translation>
    </message>
    <message>
        <source>Open it as a folder.</source>
        <translation>请将其作为文件夹打开。</translation>
    </message>
    <message>
        <source>The name promises an image, but the content is of no format that is known.</source>
        <translation>名称表明是图像，但内容不是已知格式。</translation>
    </message>
    <message>
        <source>The content is of no format that is known.</source>
        <translation>内容不是已知格式。</translation>
    </message>
    <message>
        <source>The file does not hold the frames that are asked.</source>
        <translation>文件中没有所请求的帧。</translation>
    </message>
    <message>
        <source>The file holds larger frames than were asked.</source>
        <translation>文件中的帧大于所请求的。</translation>
    </message>
    <message>
        <source>The picture has another size than its header says.</source>
        <translation>图像大小与头信息不符。</translation>
    </message>
    <message>
        <source>This is no image but: %1</source>
        <translation>这不是图像，而是：%1</translation>
    </message>
    <message>
        <source>The file holds %1 slices; a single picture is wanted here.</source>
        <translation>文件有 %1 层；此处需要单幅图像。</translation>
    </message>
    <message>
        <source>The file has no slice %1: it holds %2.</source>
        <translation>文件没有第 %1 层：共有 %2 层。</translation>
    </message>
    <message>
        <source>The file cannot be read (%1).</source>
        <translation>无法读取文件（%1）。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件为空。</translation>
    </message>
    <message>
        <source>The file cannot be opened (%1).</source>
        <translation>无法打开文件（%1）。</translation>
    </message>
    <message>
        <source>The file ends early: %1 bytes are needed, %2 are there.</source>
        <translation>文件过早结束：需要 %1 字节，实际有 %2 字节。</translation>
    </message>
    <message>
        <source>The image cannot be read: %1</source>
        <translation>无法读取图像：%1</translation>
    </message>
    <message>
        <source>The header asks for %1 bytes of voxels, the file holds %2.</source>
        <translation>头信息要求 %1 字节的体素，文件有 %2 字节。</translation>
    </message>
    <message>
        <source>The NIfTI header is cut: %1 of 348 bytes are there.</source>
        <translation>NIfTI 头信息被截断：348 字节中只有 %1 字节。</translation>
    </message>
    <message>
        <source>This is no NIfTI file (an Analyze header says nothing of left and right and is not read).</source>
        <translation>这不是 NIfTI 文件（Analyze 头信息不区分左右，不予读取）。</translation>
    </message>
    <message>
        <source>The NIfTI header is cut: %1 of 540 bytes are there.</source>
        <translation>NIfTI 头信息被截断：540 字节中只有 %1 字节。</translation>
    </message>
    <message>
        <source>The NIfTI header states a wrong length.</source>
        <translation>NIfTI 头信息声明的长度错误。</translation>
    </message>
    <message>
        <source>The voxel size along axis %1 is not positive.</source>
        <translation>沿轴 %1 的体素大小不是正数。</translation>
    </message>
    <message>
        <source>The sform matrix is singular.</source>
        <translation>sform 矩阵是奇异的。</translation>
    </message>
    <message>
        <source>sform and qform disagree; sform is used.</source>
        <translation>sform 与 qform 不一致；采用 sform。</translation>
    </message>
    <message>
        <source>The qform rotation is singular.</source>
        <translation>qform 旋转是奇异的。</translation>
    </message>
    <message>
        <source>The file does not say how the patient lies (sform and qform codes are 0).</source>
        <translation>文件没有说明患者体位（sform 和 qform 代码为 0）。</translation>
    </message>
    <message>
        <source>The .img file that belongs to this header is missing.</source>
        <translation>缺少与此头文件对应的 .img 文件。</translation>
    </message>
    <message>
        <source>The NIfTI file states the unknown data type %1.</source>
        <translation>NIfTI 文件声明了未知的数据类型 %1。</translation>
    </message>
    <message>
        <source>NIfTI voxels of the type %1 are not read.</source>
        <translation>不支持读取类型为 %1 的 NIfTI 体素。</translation>
    </message>
    <message>
        <source>Convert them to float32.</source>
        <translation>请转换为 float32。</translation>
    </message>
    <message>
        <source>The NIfTI header states %1 axes.</source>
        <translation>NIfTI 头信息声明有 %1 个轴。</translation>
    </message>
    <message>
        <source>The NIfTI header states an impossible size (%1 along axis %2).</source>
        <translation>NIfTI 头信息声明了不可能的大小（沿轴 %2 为 %1）。</translation>
    </message>
    <message>
        <source>The header asks for %1 bytes of voxels, more than the file holds.</source>
        <translation>头信息要求 %1 字节的体素，超出文件所有。</translation>
    </message>
    <message>
        <source>The file ends before its voxels do.</source>
        <translation>文件在体素结束之前就已结束。</translation>
    </message>
    <message>
        <source>Value %1 of the text is no number.</source>
        <translation>文本中的第 %1 个值不是数字。</translation>
    </message>
    <message>
        <source>The text holds %1 of %2 values.</source>
        <translation>文本中只有 %2 个值中的 %1 个。</translation>
    </message>
    <message>
        <source>The hexadecimal voxels hold another letter.</source>
        <translation>十六进制体素中含有其他字符。</translation>
    </message>
    <message>
        <source>A text cannot be skipped from its end (byte skip %1).</source>
        <translation>文本不能从末尾跳过（byte skip %1）。</translation>
    </message>
    <message>
        <source>The file with the voxels (%1) is missing.</source>
        <translation>缺少体素文件（%1）。</translation>
    </message>
    <message>
        <source>Copy it beside its header.</source>
        <translation>请将其复制到头文件旁。</translation>
    </message>
    <message>
        <source>%1 files cannot share the voxels evenly.</source>
        <translation>%1 个文件无法均分体素。</translation>
    </message>
    <message>
        <source>The NRRD field "%1" is missing or unusable (%2).</source>
        <translation>NRRD 字段“%1”缺失或无法使用（%2）。</translation>
    </message>
    <message>
        <source>Axis %1 of the NRRD file (%2 long) is neither of space, colour nor time.</source>
        <translation>NRRD 文件的轴 %1（长 %2）既不是空间、颜色，也不是时间。</translation>
    </message>
    <message>
        <source>Vectors of three numbers at each voxel are not read as an image.</source>
        <translation>每个体素含三个数的向量不作为图像读取。</translation>
    </message>
    <message>
        <source>The voxels of this header lie in another file (%1) of the archive.</source>
        <translation>此头信息的体素位于压缩包的另一个文件（%1）中。</translation>
    </message>
    <message>
        <source>Unpack the archive first.</source>
        <translation>请先解压压缩包。</translation>
    </message>
    <message>
        <source>NRRD voxels of the type "%1" are not read.</source>
        <translation>不支持读取类型为“%1”的 NRRD 体素。</translation>
    </message>
    <message>
        <source>The NRRD encoding "%1" is not read.</source>
        <translation>不支持读取 NRRD 编码“%1”。</translation>
    </message>
    <message>
        <source>The packed file is damaged or ends early.</source>
        <translation>压缩文件已损坏或过早结束。</translation>
    </message>
    <message>
        <source>The checksum of the packed file is wrong: its content is damaged.</source>
        <translation>压缩文件的校验和错误：内容已损坏。</translation>
    </message>
    <message>
        <source>The colour palette is cut: %1 of %2 entries are there.</source>
        <translation>调色板被截断：%2 个条目中只有 %1 个。</translation>
    </message>
    <message>
        <source>The colour palette is missing or of a kind that is not read.</source>
        <translation>调色板缺失或类型不支持。</translation>
    </message>
    <message>
        <source>The segments of the %1 palette do not make the %2 entries it states.</source>
        <translation>%1 调色板的分段与其声明的 %2 个条目不符。</translation>
    </message>
    <message>
        <source>Reading the file needs more memory than is allowed.</source>
        <translation>读取该文件所需内存超过允许值。</translation>
    </message>
    <message>
        <source>The memory for the voxels does not fit the question.</source>
        <translation>体素内存与请求不符。</translation>
    </message>
    <message>
        <source>The memory for the images does not fit the question.</source>
        <translation>图像内存与请求不符。</translation>
    </message>
    <message>
        <source>The question came without its descriptor.</source>
        <translation>请求缺少其描述符。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>无法读取文件。</translation>
    </message>
    <message>
        <source>Voxels of the kind %1 with %2 components are not read.</source>
        <translation>不支持读取 %1 类型、%2 个分量的体素。</translation>
    </message>
    <message>
        <source>A file with %1 axes is not read.</source>
        <translation>不支持读取有 %1 个轴的文件。</translation>
    </message>
    <message>
        <source>The header states an impossible size (%1 along axis %2).</source>
        <translation>头信息声明了不可能的大小（沿轴 %2 为 %1）。</translation>
    </message>
    <message>
        <source>The header contradicts itself: colours with a sign.</source>
        <translation>文件头自相矛盾：彩色像素带符号。</translation>
    </message>
    <message>
        <source>The header is damaged: its number of frames is written as something else.</source>
        <translation>文件头已损坏：帧数的写法不是数字串。</translation>
    </message>
    <message>
        <source>Volumes are written as nii.gz, nrrd or dcm, not as %1.</source>
        <translation>体数据可写为 nii.gz、nrrd 或 dcm，不能写为 %1。</translation>
    </message>
    <message>
        <source>The picture could not be written as DICOM (%1).</source>
        <translation>图像无法写为 DICOM（%1）。</translation>
    </message>
    <message>
        <source>As DICOM single pictures of 8 or 16 bits grey or 8 bits RGB can be written.</source>
        <translation>可写为 DICOM 的是 8 或 16 位灰度或 8 位 RGB 的单幅图像。</translation>
    </message>
    <message>
        <source>A DICOM file needs the UIDs of its study, series and image.</source>
        <translation>DICOM 文件需要其检查、序列和图像的 UID。</translation>
    </message>
    <message>
        <source>A value cannot be written as DICOM wants it.</source>
        <translation>有一个值无法按 DICOM 的要求写出。</translation>
    </message>
    <message>
        <source>The picture is synthetic: a generator made it, no patient.</source>
        <translation>这是合成图像：由生成器生成，并非来自患者。</translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message>
        <source>The characters of %1 are unknown to this machine (%2).</source>
        <translation>本机不认识 %1 的字符（%2）。</translation>
    </message>
    <message>
        <source>Install ICU's data again.</source>
        <translation>请重新安装 ICU 的数据。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请选择另一个文件。</translation>
    </message>
    <message>
        <source>The file holds no text but binary data.</source>
        <translation>文件中不是文本，而是二进制数据。</translation>
    </message>
    <message>
        <source>Save the reports as CSV or as plain text in UTF-8.</source>
        <translation>请将报告另存为 CSV 或 UTF-8 纯文本。</translation>
    </message>
    <message>
        <source>"%1" is no %2 of a rule.</source>
        <translation>“%1”不是规则的 %2。</translation>
    </message>
    <message>
        <source>The window "%1" of a rule is no number of tokens.</source>
        <translation>规则的窗口“%1”不是词数。</translation>
    </message>
    <message>
        <source>A rule has no id.</source>
        <translation>有一条规则没有编号。</translation>
    </message>
    <message>
        <source>The phrase "%1" has an empty part.</source>
        <translation>短语“%1”有空的部分。</translation>
    </message>
    <message>
        <source>A table of rules needs the columns id and phrase.</source>
        <translation>规则表需要 id 和 phrase 两列。</translation>
    </message>
    <message>
        <source>There is no column "%1".</source>
        <translation>没有“%1”列。</translation>
    </message>
    <message>
        <source>Its columns are: %1.</source>
        <translation>现有的列：%1。</translation>
    </message>
    <message>
        <source>No report of the table has a label.</source>
        <translation>表中没有任何报告带有标签。</translation>
    </message>
    <message>
        <source>Look whether both tables name the reports alike, and give --id.</source>
        <translation>请检查两个表对报告的命名是否一致，并给出 --id。</translation>
    </message>
    <message>
        <source>%1 rows of the table could not be read, the first: %2</source>
        <translation>表中有 %1 行无法读取，第一个：%2</translation>
    </message>
    <message>
        <source>All reports are of one class.</source>
        <translation>所有报告都属于同一类。</translation>
    </message>
    <message>
        <source>Choose a column with at least two different values.</source>
        <translation>请选择至少有两个不同值的列。</translation>
    </message>
    <message>
        <source>A label is "%1", not 0 or 1.</source>
        <translation>有一个标签是“%1”，不是 0 或 1。</translation>
    </message>
    <message>
        <source>Give a table with a column for each label and 0 or 1 in it.</source>
        <translation>请给出每个标签一列、内容为 0 或 1 的表。</translation>
    </message>
    <message>
        <source>A part is "%1", not train, val or test.</source>
        <translation>有一个部分是“%1”，不是 train、val 或 test。</translation>
    </message>
    <message>
        <source>The parts are those of %1, column %2.</source>
        <translation>各部分取自 %1 的 %2 列。</translation>
    </message>
    <message>
        <source>%1 texts lie in more than one part: figures are too good.</source>
        <translation>有 %1 篇文本同时处于多个部分：指标偏高。</translation>
    </message>
    <message>
        <source>No training report has these labels, so they are left out: %1.</source>
        <translation>没有训练报告带有这些标签，因此已略去：%1。</translation>
    </message>
    <message>
        <source>This ONNX file is no model of reports trained by Hounsfield.</source>
        <translation>此 ONNX 文件不是由 Hounsfield 训练的报告模型。</translation>
    </message>
    <message>
        <source>Choose the model.onnx of a training with reports.</source>
        <translation>请选择报告训练所得的 model.onnx。</translation>
    </message>
    <message>
        <source>The network has no table of words to ask what a word means to it.</source>
        <translation>该网络没有词表，无法说明各个词对它的意义。</translation>
    </message>
    <message>
        <source>The model's labels, words or threshold cannot be understood.</source>
        <translation>无法理解模型的标签、词表或阈值。</translation>
    </message>
    <message>
        <source>The model's labels, words or threshold make no sense.</source>
        <translation>模型的标签、词表或阈值不合理。</translation>
    </message>
    <message>
        <source>The table has no column %1; it has %2.</source>
        <translation>表中没有 %1 列；现有：%2。</translation>
    </message>
    <message>
        <source>Choose one of these.</source>
        <translation>请从中选择。</translation>
    </message>
    <message>
        <source>The row has no id; it is left out.</source>
        <translation>该行没有编号，已略去。</translation>
    </message>
    <message>
        <source>Fill it in, or choose another column for ids.</source>
        <translation>请补上，或选择另一列作为编号。</translation>
    </message>
    <message>
        <source>The id %1 was there before; the row is left out.</source>
        <translation>编号 %1 已出现过；该行已略去。</translation>
    </message>
    <message>
        <source>Give each report an id of its own, or choose another column for ids.</source>
        <translation>请给每份报告各自的编号，或选择另一列作为编号。</translation>
    </message>
    <message>
        <source>The row has no text in %1; it is left out.</source>
        <translation>该行在 %1 中没有文本，已略去。</translation>
    </message>
    <message>
        <source>Choose another column if the text stands elsewhere.</source>
        <translation>如果文本在别处，请选择另一列。</translation>
    </message>
    <message>
        <source>The pasted text is empty.</source>
        <translation>粘贴的文本是空的。</translation>
    </message>
    <message>
        <source>Copy a report and paste it again.</source>
        <translation>请复制一份报告后重新粘贴。</translation>
    </message>
    <message>
        <source>There are no reports to train on, or none to choose the best epoch on.</source>
        <translation>没有可用于训练的报告，或没有可用于挑选最佳轮次的报告。</translation>
    </message>
    <message>
        <source>Give more reports, or a larger share for validation.</source>
        <translation>请给出更多报告，或增大验证部分的比例。</translation>
    </message>
    <message>
        <source>The XML file declares a document type or entities, which are not read.</source>
        <translation>XML 文件声明了文档类型或实体，这些不会被读取。</translation>
    </message>
    <message>
        <source>Remove its &lt;!DOCTYPE …&gt; and try again.</source>
        <translation>请删除其中的 &lt;!DOCTYPE …&gt; 后重试。</translation>
    </message>
    <message>
        <source>The XML is damaged: %1.</source>
        <translation>XML 已损坏：%1。</translation>
    </message>
    <message>
        <source>Export the report again.</source>
        <translation>请重新导出该报告。</translation>
    </message>
    <message>
        <source>The XML file nests its elements %1 deep.</source>
        <translation>XML 文件的元素嵌套达 %1 层。</translation>
    </message>
    <message>
        <source>It is no report; leave it out.</source>
        <translation>它不是报告，请略去。</translation>
    </message>
    <message>
        <source>The XML file holds no report (no AbstractText).</source>
        <translation>XML 文件中没有报告（没有 AbstractText）。</translation>
    </message>
    <message>
        <source>Reports in XML are read in the form of Open-I; save others as CSV.</source>
        <translation>XML 报告按 Open-I 的形式读取；其他形式请另存为 CSV。</translation>
    </message>
    <message>
        <source>Files ending in %1 are not read.</source>
        <translation>不读取以 %1 结尾的文件。</translation>
    </message>
    <message>
        <source>Save a table as CSV or a text as TXT, in UTF-8, and choose that.</source>
        <translation>请将表另存为 CSV，或将文本另存为 TXT（UTF-8），再选择该文件。</translation>
    </message>
    <message>
        <source>The file is packed, and nothing is here to unpack it.</source>
        <translation>文件是压缩的，而这里没有可用来解压的程序。</translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation>请先解压。</translation>
    </message>
    <message>
        <source>The archive holds %1 files, not one table.</source>
        <translation>压缩包中有 %1 个文件，而不是一个表。</translation>
    </message>
    <message>
        <source>Unpack it and choose one of them.</source>
        <translation>请解压后选择其中一个。</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>The table has a heading but no rows.</source>
        <translation>表中有表头但没有数据行。</translation>
    </message>
    <message>
        <source>Choose a table with one report a row.</source>
        <translation>请选择每行一份报告的表。</translation>
    </message>
    <message>
        <source>%1 characters are not %2; a � stands for each.</source>
        <translation>有 %1 个字符不是 %2；各以 � 代替。</translation>
    </message>
    <message>
        <source>Save the file again as UTF-8 if they matter.</source>
        <translation>如果这些字符重要，请将文件重新保存为 UTF-8。</translation>
    </message>
    <message>
        <source>The table holds more than %1 cells.</source>
        <translation>表中的单元格超过 %1 个。</translation>
    </message>
    <message>
        <source>Split it into several files.</source>
        <translation>请将其拆分为几个文件。</translation>
    </message>
    <message>
        <source>A quotation mark stays open here too; the rest of the table is not read.</source>
        <translation>这里也有引号未闭合；表的其余部分未读取。</translation>
    </message>
    <message>
        <source>A quotation mark stays open; the row is left out.</source>
        <translation>有引号未闭合；该行已略去。</translation>
    </message>
    <message>
        <source>Close it, or write "" for a quotation mark inside a cell.</source>
        <translation>请闭合引号；单元格内的引号请写作 ""。</translation>
    </message>
    <message>
        <source>Two columns are called %1; the first one counts.</source>
        <translation>有两列名为 %1；以第一列为准。</translation>
    </message>
    <message>
        <source>The table has no heading that can be read.</source>
        <translation>表中没有可读取的表头。</translation>
    </message>
    <message>
        <source>Name the columns in its first row.</source>
        <translation>请在第一行写明列名。</translation>
    </message>
    <message>
        <source>Reading the table</source>
        <translation>正在读取表</translation>
    </message>
    <message>
        <source>The row has %1 cells, the heading has %2; it is left out.</source>
        <translation>该行有 %1 个单元格，表头有 %2 个；已略去。</translation>
    </message>
    <message>
        <source>Put texts that hold a separator between quotation marks.</source>
        <translation>含有分隔符的文本请放在引号内。</translation>
    </message>
    <message>
        <source>The line is no JSON object; it is left out.</source>
        <translation>该行不是 JSON 对象，已略去。</translation>
    </message>
    <message>
        <source>Write one object a line, such as {"id": 1, "text": "…"}.</source>
        <translation>请每行写一个对象，例如 {"id": 1, "text": "…"}。</translation>
    </message>
    <message>
        <source>%1 texts with %2 labels have %3 answers.</source>
        <translation>%1 篇文本、%2 个标签却有 %3 个答案。</translation>
    </message>
    <message>
        <source>There are %1 texts to learn from and %2 to choose by; both are needed.</source>
        <translation>有 %1 篇文本用于学习、%2 篇用于挑选；两者都需要。</translation>
    </message>
    <message>
        <source>There is no text %1 of %2.</source>
        <translation>没有第 %1 篇文本（共 %2 篇）。</translation>
    </message>
    <message>
        <source>The model's list of words cannot be understood.</source>
        <translation>无法理解模型的词表。</translation>
    </message>
    <message>
        <source>The model's list of words makes no sense: %1 n-grams of %2 and %3 weights.</source>
        <translation>模型的词表不合理：%1 个 n 元组（单位 %2）和 %3 个权重。</translation>
    </message>
    <message>
        <source>The model names several labels a report; a column holds one class each.</source>
        <translation>该模型为每份报告给出多个标签；而一列中每份报告只有一个类别。</translation>
    </message>
    <message>
        <source>The model tells one class a report; a table of labels holds several.</source>
        <translation>该模型为每份报告给出一个类别；而标签表中有多个标签。</translation>
    </message>
    <message>
        <source>Give the labels in the form that the model was trained on.</source>
        <translation>请按模型训练时的形式提供标签。</translation>
    </message>
    <message>
        <source>%1 reports have no class and are left out.</source>
        <translation>%1 份报告没有类别，未被使用。</translation>
    </message>
    <message>
        <source>%1 reports have no class that the model knows.</source>
        <translation>%1 份报告没有模型所知的类别。</translation>
    </message>
    <message>
        <source>The id %1 stands in two rows.</source>
        <translation>编号 %1 出现在两行中。</translation>
    </message>
    <message>
        <source>Give each report one row.</source>
        <translation>请让每份报告只占一行。</translation>
    </message>
    <message>
        <source>%1 reports have no labels and are left out.</source>
        <translation>%1 份报告没有标签，未被使用。</translation>
    </message>
    <message>
        <source>%1 rows of labels belong to no report.</source>
        <translation>%1 行标签不属于任何报告。</translation>
    </message>
    <message>
        <source>The parts are those of %1, column %2; validation was taken from the training part.</source>
        <translation>各部分取自 %1 的 %2 列；验证部分从训练部分中划出。</translation>
    </message>
    <message>
        <source>Split by patient: neither a patient nor a text lies in two parts.</source>
        <translation>按患者划分：没有患者或文本同时出现在两个部分中。</translation>
    </message>
    <message>
        <source>Split by report, since no patient is known: no text lies in two parts, a patient may.</source>
        <translation>患者未知，因此按报告划分：没有文本同时出现在两个部分中，但患者可能会。</translation>
    </message>
    <message>
        <source>%1 patients lie in more than one part: figures are too good.</source>
        <translation>%1 名患者出现在不止一个部分中：指标偏高。</translation>
    </message>
    <message>
        <source>%1 reports are in no part and are left out.</source>
        <translation>%1 份报告不在任何部分中，未被使用。</translation>
    </message>
    <message>
        <source>None of the labelled reports is in a part.</source>
        <translation>有标签的报告都不在任何部分中。</translation>
    </message>
    <message>
        <source>The training reports have too few labels to tell apart: %1 of %2.</source>
        <translation>训练报告中可区分的标签太少：%2 个中仅有 %1 个。</translation>
    </message>
    <message>
        <source>Give more labelled reports, or other parts.</source>
        <translation>请提供更多有标签的报告，或更换划分。</translation>
    </message>
    <message>
        <source>%1 reports of these classes are left out.</source>
        <translation>%1 份属于这些类别的报告未被使用。</translation>
    </message>
    <message>
        <source>Nothing was scored: no label is both there and absent in the test or validation part.</source>
        <translation>没有评分：测试或验证部分中没有一个标签既有出现又有缺失。</translation>
    </message>
    <message>
        <source>On %1 reports: mean AUC %2 (95 % %3 to %4), mean average precision %5; the plain regression's is %6.</source>
        <translation>对 %1 份报告：平均 AUC %2（95 % 区间 %3 至 %4），平均精确率均值 %5；简单回归的为 %6。</translation>
    </message>
    <message>
        <source>The text of the document %1 is not the same with every reader.</source>
        <translation>文档 %1 的文本在各阅读者之间不同。</translation>
    </message>
    <message>
        <source>Of %1 disagreements %2 are decided.</source>
        <translation>%1 处分歧中已裁定 %2 处。</translation>
    </message>
    <message>
        <source>Only marked words can be replaced by an annotation.</source>
        <translation>只有已标注的文字才能由标注替换。</translation>
    </message>
    <message>
        <source>The document %1 stands twice with one reader.</source>
        <translation>文档 %1 在同一位阅读者处出现两次。</translation>
    </message>
    <message>
        <source>Comparing readers</source>
        <translation>正在比较阅读者</translation>
    </message>
    <message>
        <source>The annotation %1 lies outside of its text.</source>
        <translation>标注 %1 超出其文本范围。</translation>
    </message>
    <message>
        <source>The words of the annotation %1 are not those of its text.</source>
        <translation>标注 %1 的文字与其文本不符。</translation>
    </message>
    <message>
        <source>Two annotations are called %1.</source>
        <translation>有两处标注名为 %1。</translation>
    </message>
    <message>
        <source>Two relations are called %1.</source>
        <translation>有两个关系名为 %1。</translation>
    </message>
    <message>
        <source>The relation %1 joins an annotation that is not there.</source>
        <translation>关系 %1 指向不存在的标注。</translation>
    </message>
    <message>
        <source>The %1 %2 of the project cannot be read.</source>
        <translation>无法读取项目中的 %1 %2。</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>The findings deny "%1", the impression names it.</source>
        <translation>检查所见否定“%1”，诊断意见却提到它。</translation>
    </message>
    <message>
        <source>The findings name "%1", the impression denies it.</source>
        <translation>检查所见提到“%1”，诊断意见却否定它。</translation>
    </message>
    <message>
        <source>"%1" is on the %2 in the findings and on the %3 in the impression.</source>
        <translation>“%1”在检查所见中位于%2，在诊断意见中位于%3。</translation>
    </message>
    <message>
        <source>The label %1 is given, the text denies it.</source>
        <translation>给出了标签 %1，文本却否定它。</translation>
    </message>
    <message>
        <source>The label %1 is denied, the text names it.</source>
        <translation>标签 %1 被否定，文本却提到它。</translation>
    </message>
    <message>
        <source>The mark "%1" is on the %2, the text names the %3.</source>
        <translation>标记“%1”在%2，文本写的是%3。</translation>
    </message>
    <message>
        <source>A mark is on the %1, the text names the %2.</source>
        <translation>标记在%1，文本写的是%2。</translation>
    </message>
    <message>
        <source>"%1" in the report of a woman.</source>
        <translation>女性报告中出现“%1”。</translation>
    </message>
    <message>
        <source>"%1" in the report of a man.</source>
        <translation>男性报告中出现“%1”。</translation>
    </message>
    <message>
        <source>"%1" stands for words that are missing.</source>
        <translation>“%1”代表缺失的文字。</translation>
    </message>
    <message>
        <source>There is no format of annotations called %1; there are %2.</source>
        <translation>没有名为 %1 的标注格式；可用的有 %2。</translation>
    </message>
    <message>
        <source>The format %1 is only written, not read.</source>
        <translation>格式 %1 只能写出，不能读取。</translation>
    </message>
    <message>
        <source>Nothing else could be read either; choose another file, or another format.</source>
        <translation>其他内容也无法读取；请选择另一个文件或另一种格式。</translation>
    </message>
    <message>
        <source>The format %1 is only read, not written.</source>
        <translation>格式 %1 只能读取，不能写出。</translation>
    </message>
    <message>
        <source>Writing annotations</source>
        <translation>正在写出标注</translation>
    </message>
    <message>
        <source>The line is not understood; it is left out.</source>
        <translation>无法理解此行，已略过。</translation>
    </message>
    <message>
        <source>It speaks of something that is not there; it is left out.</source>
        <translation>它所指的内容不存在，已略过。</translation>
    </message>
    <message>
        <source>Events that share their words with another one</source>
        <translation>与其他事件共用词语的事件</translation>
    </message>
    <message>
        <source>Attributes and notes of relations</source>
        <translation>关系的属性和备注</translation>
    </message>
    <message>
        <source>The attribute %1 was there before; it is left out.</source>
        <translation>属性 %1 已存在，已略过。</translation>
    </message>
    <message>
        <source>There is no text %1 beside it; it is left out.</source>
        <translation>旁边没有文本 %1，已略过。</translation>
    </message>
    <message>
        <source>There is no file %1 beside it; it is left out.</source>
        <translation>旁边没有文件 %1，已略过。</translation>
    </message>
    <message>
        <source>Reading annotations</source>
        <translation>正在读取标注</translation>
    </message>
    <message>
        <source>brat standoff: a folder with a text and a file of annotations a document</source>
        <translation>brat standoff：每份文档含一个文本和一个标注文件的文件夹</translation>
    </message>
    <message>
        <source>Names of documents that cannot be names of files</source>
        <translation>不能作为文件名的文档名</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Blanks in names of attributes, which become underscores</source>
        <translation>属性名中的空格（将变为下划线）</translation>
    </message>
    <message>
        <source>Line ends in notes, which become blanks</source>
        <translation>备注中的换行（将变为空格）</translation>
    </message>
    <message>
        <source>There is no file here that ends in %1.</source>
        <translation>此处没有以 %1 结尾的文件。</translation>
    </message>
    <message>
        <source>Choose the place where the annotations are, or another format.</source>
        <translation>请选择标注所在的位置，或另一种格式。</translation>
    </message>
    <message>
        <source>The folder cannot be read: %1.</source>
        <translation>无法读取文件夹：%1。</translation>
    </message>
    <message>
        <source>Opening files</source>
        <translation>正在打开文件</translation>
    </message>
    <message>
        <source>The files hold more than %1 bytes.</source>
        <translation>文件超过 %1 字节。</translation>
    </message>
    <message>
        <source>Split them into several folders.</source>
        <translation>请将其分到多个文件夹。</translation>
    </message>
    <message>
        <source>There is nothing at this place.</source>
        <translation>此位置没有内容。</translation>
    </message>
    <message>
        <source>The file cannot be put in its place.</source>
        <translation>无法将文件放到目标位置。</translation>
    </message>
    <message>
        <source>Choose another place or change its permissions.</source>
        <translation>请选择其他位置或更改其权限。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The name %1 was there before; the document is called %2.</source>
        <translation>名称 %1 已存在；文档改名为 %2。</translation>
    </message>
    <message>
        <source>The annotation lies outside of its text; it is left out.</source>
        <translation>标注超出文本范围，已略过。</translation>
    </message>
    <message>
        <source>The annotation says "%1" where its text says "%2"; it is left out.</source>
        <translation>标注写“%1”，而文本为“%2”，已略过。</translation>
    </message>
    <message>
        <source>Two annotations are called %1; the second one is left out.</source>
        <translation>有两处标注名为 %1；略过第二处。</translation>
    </message>
    <message>
        <source>The relation joins an annotation that is not there; it is left out.</source>
        <translation>关系指向不存在的标注，已略过。</translation>
    </message>
    <message>
        <source>Two relations are called %1; the second one is left out.</source>
        <translation>有两个关系名为 %1；略过第二个。</translation>
    </message>
    <message>
        <source>Annotations over or inside of longer ones</source>
        <translation>重叠或嵌套的标注</translation>
    </message>
    <message>
        <source>Suggestions that nobody confirmed</source>
        <translation>无人确认的建议</translation>
    </message>
    <message>
        <source>Annotations in several pieces</source>
        <translation>由多段组成的标注</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>关系</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Blanks in labels, which become underscores</source>
        <translation>标签中的空格（将变为下划线）</translation>
    </message>
    <message>
        <source>Labels of whole documents</source>
        <translation>整份文档的标签</translation>
    </message>
    <message>
        <source>Names of parts of documents</source>
        <translation>文档各部分的名称</translation>
    </message>
    <message>
        <source>Facts of documents, such as the patient</source>
        <translation>文档的信息，例如患者</translation>
    </message>
    <message>
        <source>Names of documents</source>
        <translation>文档的名称</translation>
    </message>
    <message>
        <source>The part lies outside of its text; it is left out.</source>
        <translation>该部分超出文本范围，已略过。</translation>
    </message>
    <message>
        <source>The document was written by a newer version of this program; it is left out.</source>
        <translation>文档由本程序的较新版本写出，已略过。</translation>
    </message>
    <message>
        <source>The line has no text; it is left out.</source>
        <translation>此行没有文本，已略过。</translation>
    </message>
    <message>
        <source>This program's own lines of JSON, which lose nothing</source>
        <translation>本程序自己的 JSON 行格式，不丢失任何内容</translation>
    </message>
    <message>
        <source>A label needs a name.</source>
        <translation>标签需要名称。</translation>
    </message>
    <message>
        <source>There is a label “%1” already.</source>
        <translation>已有标签“%1”。</translation>
    </message>
    <message>
        <source>The key %1 belongs to another label.</source>
        <translation>按键 %1 已属于另一个标签。</translation>
    </message>
    <message>
        <source>There is no labelled report.</source>
        <translation>没有带标签的报告。</translation>
    </message>
    <message>
        <source>Confirm some reports first, or learn from what the rules say.</source>
        <translation>请先确认一些报告，或从规则的判断中学习。</translation>
    </message>
    <message>
        <source>Reading the model</source>
        <translation>正在读取模型</translation>
    </message>
    <message>
        <source>Reading the report</source>
        <translation>正在读取报告</translation>
    </message>
    <message>
        <source>Asking what each word contributes</source>
        <translation>正在计算每个词语的贡献</translation>
    </message>
    <message>
        <source>The model reads all reports</source>
        <translation>模型正在读取全部报告</translation>
    </message>
    <message>
        <source>Looking for what would be lost</source>
        <translation>正在检查会丢失的内容</translation>
    </message>
    <message>
        <source>Comparing the readers</source>
        <translation>正在比较阅读者</translation>
    </message>
    <message>
        <source>Reading the labelled reports</source>
        <translation>正在读取带标签的报告</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
    <message>
        <source>Reading the reports</source>
        <translation>正在读取报告</translation>
    </message>
    <message>
        <source>Saving reports</source>
        <translation>正在保存报告</translation>
    </message>
    <message>
        <source>Looking into %1</source>
        <translation>正在查看 %1</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>报告(&amp;R)</translation>
    </message>
    <message>
        <source>Import reports…</source>
        <translation>导入报告…</translation>
    </message>
    <message>
        <source>Texts, tables or XML; what is there already is kept once.</source>
        <translation>文本、表格或 XML；已有的只保留一份。</translation>
    </message>
    <message>
        <source>Confirm and next</source>
        <translation>确认并下一份</translation>
    </message>
    <message>
        <source>Everything that is suggested is right; the next report opens.</source>
        <translation>所有建议均正确；打开下一份报告。</translation>
    </message>
    <message>
        <source>To do again</source>
        <translation>重新处理</translation>
    </message>
    <message>
        <source>A confirmed report is to do again.</source>
        <translation>已确认的报告重新处理。</translation>
    </message>
    <message>
        <source>Next report</source>
        <translation>下一份报告</translation>
    </message>
    <message>
        <source>Opens it without confirming this one.</source>
        <translation>打开它而不确认当前报告。</translation>
    </message>
    <message>
        <source>Previous report</source>
        <translation>上一份报告</translation>
    </message>
    <message>
        <source>Next annotation</source>
        <translation>下一处标注</translation>
    </message>
    <message>
        <source>Chooses it.</source>
        <translation>选择它。</translation>
    </message>
    <message>
        <source>Previous annotation</source>
        <translation>上一处标注</translation>
    </message>
    <message>
        <source>Take the annotation away</source>
        <translation>移除标注</translation>
    </message>
    <message>
        <source>The chosen annotation is wrong.</source>
        <translation>所选标注有误。</translation>
    </message>
    <message>
        <source>Add words to the annotation</source>
        <translation>为标注添加文字</translation>
    </message>
    <message>
        <source>The selected words become a further piece of the chosen annotation.</source>
        <translation>选中的文字成为所选标注的另一段。</translation>
    </message>
    <message>
        <source>Label its equals in this report</source>
        <translation>标注本报告中的相同词语</translation>
    </message>
    <message>
        <source>The same words get the label of the chosen annotation.</source>
        <translation>相同词语获得所选标注的标签。</translation>
    </message>
    <message>
        <source>Label its equals in all reports</source>
        <translation>标注所有报告中的相同词语</translation>
    </message>
    <message>
        <source>The same words get the label of the chosen annotation; one undo takes all back.</source>
        <translation>相同词语获得所选标注的标签；一次撤销即可全部取消。</translation>
    </message>
    <message>
        <source>Give a label</source>
        <translation>加标签</translation>
    </message>
    <message>
        <source>The key of a label: to the selected words, else to the chosen annotation.</source>
        <translation>标签的按键：用于选中的文字，否则用于所选标注。</translation>
    </message>
    <message>
        <source>key of the label</source>
        <translation>标签的按键</translation>
    </message>
    <message>
        <source>Set the status</source>
        <translation>设置状态</translation>
    </message>
    <message>
        <source>present, absent, uncertain, historical, hypothetical, family</source>
        <translation>存在、不存在、不确定、既往、假设、家族</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>In texts and labels.</source>
        <translation>在文本和标签中。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Takes the last act back.</source>
        <translation>撤销上一步操作。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Does it again.</source>
        <translation>再次执行。</translation>
    </message>
    <message>
        <source>present</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>historical</source>
        <translation>既往</translation>
    </message>
    <message>
        <source>hypothetical</source>
        <translation>假设</translation>
    </message>
    <message>
        <source>family</source>
        <translation>家族</translation>
    </message>
    <message>
        <source>no side</source>
        <translation>无侧别</translation>
    </message>
    <message>
        <source>bilateral</source>
        <translation>双侧</translation>
    </message>
    <message>
        <source>Show in the viewer</source>
        <translation>在阅片中显示</translation>
    </message>
    <message>
        <source>The place that the chosen finding is tied to, else the study of the report.</source>
        <translation>所选所见关联的位置，否则为报告所属的检查。</translation>
    </message>
    <message>
        <source>Tie to the place in the viewer</source>
        <translation>与阅片中的位置关联</translation>
    </message>
    <message>
        <source>The chosen finding is seen where the viewer's crosshair stands.</source>
        <translation>所选所见位于阅片十字线处。</translation>
    </message>
    <message>
        <source>Belongs to the study in the viewer</source>
        <translation>属于阅片中的检查</translation>
    </message>
    <message>
        <source>By hand, where neither accession number nor patient say so; again: no longer.</source>
        <translation>手动关联，适用于检查号和患者均无法说明时；再次执行则取消。</translation>
    </message>
    <message>
        <source>The words of a rule stand together.</source>
        <translation>规则的词语必须相连。</translation>
    </message>
    <message>
        <source>The rules read "%1" so already.</source>
        <translation>规则已经这样读取“%1”。</translation>
    </message>
    <message>
        <source>"%1" is no status of a finding.</source>
        <translation>“%1”不是所见的状态。</translation>
    </message>
    <message>
        <source>Choose more words around it.</source>
        <translation>请选择其周围更多词语。</translation>
    </message>
    <message>
        <source>"%1" is too long for a rule: it hardly stands in another report.</source>
        <translation>“%1”太长，不适合作为规则：其他报告中很难出现。</translation>
    </message>
    <message>
        <source>Choose fewer words.</source>
        <translation>请选择更少的词语。</translation>
    </message>
    <message>
        <source>"%1" is too short for a rule.</source>
        <translation>“%1”太短，不适合作为规则。</translation>
    </message>
    <message>
        <source>"%1" stands in too many reports for a rule.</source>
        <translation>“%1”出现在太多报告中，不适合作为规则。</translation>
    </message>
    <message>
        <source>A rule holds no "%1".</source>
        <translation>规则中不能含有“%1”。</translation>
    </message>
    <message>
        <source>The rules found nothing inside "%1".</source>
        <translation>规则在“%1”中没有找到任何内容。</translation>
    </message>
    <message>
        <source>No words made "%1" %2.</source>
        <translation>没有词语使“%1”成为%2。</translation>
    </message>
    <message>
        <source>Choose the words that say what it is.</source>
        <translation>请选择说明其状态的词语。</translation>
    </message>
    <message>
        <source>The words that say a status stand before or behind the finding.</source>
        <translation>说明状态的词语位于所见之前或之后。</translation>
    </message>
    <message>
        <source>A rule of "%1" would not correct this text.</source>
        <translation>“%1”的规则不能更正此文本。</translation>
    </message>
    <message>
        <source>Choose other words.</source>
        <translation>请选择其他词语。</translation>
    </message>
    <message>
        <source>Reading reports with the changed rules</source>
        <translation>正在用更改后的规则读取报告</translation>
    </message>
    <message>
        <source>Writing labels for images</source>
        <translation>正在写出图像标签</translation>
    </message>
    <message>
        <source>Looking for what the rule would change</source>
        <translation>正在查看该规则会改变什么</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Annotations of words, but for what they say of the whole</source>
        <translation>文字标注（其对整份文档的说明除外）</translation>
    </message>
    <message>
        <source>Labels that are none of the fourteen</source>
        <translation>不属于十四种的标签</translation>
    </message>
    <message>
        <source>The table has none of the fourteen labels, such as Edema.</source>
        <translation>该表没有十四种标签中的任何一种，例如 Edema。</translation>
    </message>
    <message>
        <source>Labels of documents by rules alone</source>
        <translation>仅由规则给出的文档标签</translation>
    </message>
    <message>
        <source>A table of documents with the fourteen labels of CheXpert: 1, 0, -1 or blank</source>
        <translation>含 CheXpert 十四种标签的文档表：1、0、-1 或空白</translation>
    </message>
    <message>
        <source>The line does not end in O, or in B- or I- with a label; its word has none.</source>
        <translation>该行不以 O 或带标签的 B-、I- 结尾；其词没有标签。</translation>
    </message>
    <message>
        <source>Annotations of nothing but white space</source>
        <translation>只含空白的标注</translation>
    </message>
    <message>
        <source>Blanks at the ends of annotations</source>
        <translation>标注两端的空白</translation>
    </message>
    <message>
        <source>Texts whose white space or invisible signs change</source>
        <translation>空白或不可见符号会改变的文本</translation>
    </message>
    <message>
        <source>CoNLL: a word a line, with a tag that begins or continues an annotation (BIO)</source>
        <translation>CoNLL：每行一个词，带有开始或延续标注的标记（BIO）</translation>
    </message>
    <message>
        <source>There is no text of the document %1; the row is left out.</source>
        <translation>没有文档 %1 的文本，略过该行。</translation>
    </message>
    <message>
        <source>There are no rows of the kind %1; it is left out.</source>
        <translation>没有 %1 类型的行，已略过。</translation>
    </message>
    <message>
        <source>The table has no columns called document and text, or document, begin and end.</source>
        <translation>该表没有名为 document 和 text，或 document、begin 和 end 的列。</translation>
    </message>
    <message>
        <source>A table with a row for each annotation, and one for each text</source>
        <translation>每处标注一行、每个文本一行的表格</translation>
    </message>
    <message>
        <source>There is no text here; the row is left out.</source>
        <translation>此处没有文本，略过该行。</translation>
    </message>
    <message>
        <source>The label is not understood; it is left out.</source>
        <translation>无法理解该标签，已略过。</translation>
    </message>
    <message>
        <source>The table has no column called text.</source>
        <translation>该表没有名为 text 的列。</translation>
    </message>
    <message>
        <source>Lines of JSON as doccano reads and writes them; read also from its JSON and CSV</source>
        <translation>doccano 读写的 JSON 行；也可读取其 JSON 和 CSV</translation>
    </message>
    <message>
        <source>%1 more of this kind are not listed.</source>
        <translation>另有 %1 条同类未列出。</translation>
    </message>
    <message>
        <source>Annotations that were rejected</source>
        <translation>被拒绝的标注</translation>
    </message>
    <message>
        <source>The tokens of the annotation stand elsewhere than it does; it is left out.</source>
        <translation>标注的词元位置与标注不符，已略过。</translation>
    </message>
    <message>
        <source>The task has no text; it is left out.</source>
        <translation>该任务没有文本，已略过。</translation>
    </message>
    <message>
        <source>Lines of JSON as Prodigy reads and writes its tasks</source>
        <translation>Prodigy 读写任务所用的 JSON 行</translation>
    </message>
    <message>
        <source>The file is DICOM, and nothing is here to read it.</source>
        <translation>该文件是 DICOM，此处无法读取。</translation>
    </message>
    <message>
        <source>The DICOM file is no report: %1.</source>
        <translation>该 DICOM 文件不是报告：%1。</translation>
    </message>
    <message>
        <source>Open images on the page of studies.</source>
        <translation>请在检查页面打开图像。</translation>
    </message>
    <message>
        <source>The structured report holds no words.</source>
        <translation>该结构化报告不含文字。</translation>
    </message>
    <message>
        <source>Texts after an apostrophe, lest spreadsheets take them for formulas; offsets do not count it</source>
        <translation>前面加撇号的文本（以免电子表格将其当作公式）；偏移量不计入撇号</translation>
    </message>
    <message>
        <source>This disagreement is settled already.</source>
        <translation>此分歧已裁定。</translation>
    </message>
    <message>
        <source>"%3" measures %1 mm in the findings and %2 mm in the impression.</source>
        <translation>“%3”在检查所见中为 %1 mm，在诊断意见中为 %2 mm。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>A key is needed for %1.</source>
        <translation>%1 需要一个按键。</translation>
    </message>
    <message>
        <source>The key %1 is chosen twice.</source>
        <translation>按键 %1 被选了两次。</translation>
    </message>
    <message>
        <source>The report is no longer there.</source>
        <translation>该报告已不存在。</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>轻度</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>中度</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>重度</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新发</translation>
    </message>
    <message>
        <source>increased</source>
        <translation>增多</translation>
    </message>
    <message>
        <source>decreased</source>
        <translation>减少</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>稳定</translation>
    </message>
    <message>
        <source>A status has one letter, digit or sign as its key, without Ctrl or Shift.</source>
        <translation>状态的按键是单个字母、数字或符号，不带 Ctrl 或 Shift。</translation>
    </message>
    <message>
        <source>The key %1 belongs to “%2” already.</source>
        <translation>按键 %1 已用于“%2”。</translation>
    </message>
    <message>
        <source>a finding</source>
        <translation>一项所见</translation>
    </message>
    <message>
        <source>an organ</source>
        <translation>一个器官</translation>
    </message>
    <message>
        <source>no finding</source>
        <translation>不是所见</translation>
    </message>
    <message>
        <source>before the finding</source>
        <translation>在所见之前</translation>
    </message>
    <message>
        <source>behind the finding</source>
        <translation>在所见之后</translation>
    </message>
    <message>
        <source>before or behind the finding</source>
        <translation>在所见之前或之后</translation>
    </message>
    <message>
        <source>says no status</source>
        <translation>不表示状态</translation>
    </message>
    <message>
        <source>no status reaches past it</source>
        <translation>状态不越过它</translation>
    </message>
</context>
<context>
    <name>shell</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足，无法完成。</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>文件(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Opens images, archives or other files.</source>
        <translation>打开图像、压缩包或其他文件。</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Looks for images in a folder and all below it.</source>
        <translation>在文件夹及其所有子文件夹中查找图像。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Closes the window; running jobs are stopped.</source>
        <translation>关闭窗口；正在运行的任务将停止。</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Uses the whole screen, and back.</source>
        <translation>使用整个屏幕，再按返回。</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>按键与鼠标</translation>
    </message>
    <message>
        <source>Lists every key and what it does.</source>
        <translation>列出所有按键及其作用。</translation>
    </message>
    <message>
        <source>About Hounsfield</source>
        <translation>关于 Hounsfield</translation>
    </message>
    <message>
        <source>Version, licence and what it may be used for.</source>
        <translation>版本、许可证及允许的用途。</translation>
    </message>
    <message>
        <source>Shows this page.</source>
        <translation>显示此页。</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>页面(&amp;P)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>阅片</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Synthesis</source>
        <translation>图像合成</translation>
    </message>
</context>
<context>
    <name>studies</name>
    <message>
        <source>Making the sample</source>
        <translation>正在生成示例</translation>
    </message>
    <message>
        <source>Scanning %1</source>
        <translation>正在扫描 %1</translation>
    </message>
    <message>
        <source>There are no images here.</source>
        <translation>此处没有图像。</translation>
    </message>
    <message>
        <source>Choose a folder or file with DICOM, NIfTI, NRRD, MetaImage or ordinary pictures.</source>
        <translation>请选择含有 DICOM、NIfTI、NRRD、MetaImage 或普通图片的文件夹或文件。</translation>
    </message>
    <message>
        <source>Making previews</source>
        <translation>正在生成预览</translation>
    </message>
    <message>
        <source>Show the series</source>
        <translation>显示序列</translation>
    </message>
    <message>
        <source>Opens the chosen series in the viewer (double click or Enter).</source>
        <translation>在阅片页中打开所选序列（双击或回车）。</translation>
    </message>
    <message>
        <source>&amp;Study</source>
        <translation>检查(&amp;S)</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>A small phantom CT that the program makes itself.</source>
        <translation>程序自行生成的小型 CT 体模。</translation>
    </message>
    <message>
        <source>Empty the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Takes all series off the list; files are not touched.</source>
        <translation>从列表中移除所有序列；文件不受影响。</translation>
    </message>
    <message>
        <source>Find moved images…</source>
        <translation>查找已移动的图像…</translation>
    </message>
    <message>
        <source>Looks in a folder for labelled images that are no longer where they were.</source>
        <translation>在文件夹中查找已不在原处的带标签图像。</translation>
    </message>
    <message>
        <source>Looking for moved images</source>
        <translation>正在查找已移动的图像</translation>
    </message>
</context>
<context>
    <name>study</name>
    <message>
        <source>The project's file is damaged in its first bytes.</source>
        <translation>项目文件的开头已损坏。</translation>
    </message>
    <message>
        <source>The project's file is damaged in its version.</source>
        <translation>项目文件的版本信息已损坏。</translation>
    </message>
    <message>
        <source>The project was made by a newer Hounsfield (schema %1; this one knows %2).</source>
        <translation>该项目由更新版本的 Hounsfield 建立（结构版本 %1；本程序支持到 %2）。</translation>
    </message>
    <message>
        <source>Open it with the newer version; nothing was changed.</source>
        <translation>请用更新的版本打开；没有做任何改动。</translation>
    </message>
    <message>
        <source>Changes %1 to %2, made after %3, are missing.</source>
        <translation>缺少 %3 之后的第 %1 至第 %2 项更改。</translation>
    </message>
    <message>
        <source>No change is missing: all %1 could be read.</source>
        <translation>没有缺少任何更改：全部 %1 项均可读取。</translation>
    </message>
    <message>
        <source>Changes made after number %1 (%2) may be missing.</source>
        <translation>第 %1 项（%2）之后的更改可能缺失。</translation>
    </message>
    <message>
        <source>The damaged file cannot be kept: %1.</source>
        <translation>无法保留损坏的文件：%1。</translation>
    </message>
    <message>
        <source>See that the disk has space; nothing was changed.</source>
        <translation>请检查磁盘空间；没有做任何改动。</translation>
    </message>
    <message>
        <source>The project was brought to this version's form; a copy of the old one is %1.</source>
        <translation>项目已转换为本版本的格式；旧项目的副本为 %1。</translation>
    </message>
    <message>
        <source>The project is damaged and has no sound backup: %1</source>
        <translation>项目已损坏且没有完好的备份：%1</translation>
    </message>
    <message>
        <source>Copy an older project.db into the folder, or open another project.</source>
        <translation>请将较早的 project.db 复制到该文件夹，或打开其他项目。</translation>
    </message>
    <message>
        <source>The project's file was damaged; it was opened from its newest sound backup.</source>
        <translation>项目文件已损坏；已从最新的完好备份打开。</translation>
    </message>
    <message>
        <source>The project's file was missing; it was opened from its newest sound backup.</source>
        <translation>项目文件缺失；已从最新的完好备份打开。</translation>
    </message>
    <message>
        <source>The restored project cannot be written: %1.</source>
        <translation>无法写入恢复的项目：%1。</translation>
    </message>
    <message>
        <source>See that the disk is there and has space.</source>
        <translation>请检查磁盘是否可用、是否有空间。</translation>
    </message>
    <message>
        <source>The backup cannot be written: %1.</source>
        <translation>无法写入备份：%1。</translation>
    </message>
    <message>
        <source>The disk is full; this was not saved.</source>
        <translation>磁盘已满；此项未保存。</translation>
    </message>
    <message>
        <source>Free at least 1 MB and do it again; everything saved before is safe.</source>
        <translation>请腾出至少 1 MB 后重试；此前保存的内容均完好。</translation>
    </message>
    <message>
        <source>The project cannot be written: %1.</source>
        <translation>无法写入项目：%1。</translation>
    </message>
    <message>
        <source>Change the permissions of its folder, or open a project elsewhere.</source>
        <translation>请修改其文件夹的权限，或在其他位置打开项目。</translation>
    </message>
    <message>
        <source>The project's disk failed; this was not saved: %1.</source>
        <translation>项目所在磁盘出错；此项未保存：%1。</translation>
    </message>
    <message>
        <source>See that the disk is there and has space, and do it again.</source>
        <translation>请检查磁盘是否可用、是否有空间，然后重试。</translation>
    </message>
    <message>
        <source>Another program is using the project's file.</source>
        <translation>另一个程序正在使用项目文件。</translation>
    </message>
    <message>
        <source>Close it and do it again.</source>
        <translation>请关闭它后重试。</translation>
    </message>
    <message>
        <source>The project's file is damaged: %1.</source>
        <translation>项目文件已损坏：%1。</translation>
    </message>
    <message>
        <source>The copy of the project cannot be written.</source>
        <translation>无法写入项目副本。</translation>
    </message>
    <message>
        <source>The project's state is not what its history leads to.</source>
        <translation>项目的状态与其历史不符。</translation>
    </message>
    <message>
        <source>The project's history does not end where it was written last.</source>
        <translation>项目历史的结尾与最后写入处不符。</translation>
    </message>
    <message>
        <source>Change %1 of the project's history is damaged.</source>
        <translation>项目历史的第 %1 项更改已损坏。</translation>
    </message>
    <message>
        <source>The project cannot be opened for writing: %1.</source>
        <translation>无法以写入方式打开项目：%1。</translation>
    </message>
    <message>
        <source>The project is open in another program: process %1.</source>
        <translation>项目已在另一个程序中打开：进程 %1。</translation>
    </message>
    <message>
        <source>Close that program, or open another project.</source>
        <translation>请关闭该程序，或打开其他项目。</translation>
    </message>
    <message>
        <source>The folder holds other things and no project.</source>
        <translation>该文件夹含有其他内容，没有项目。</translation>
    </message>
    <message>
        <source>Choose an empty folder, or the folder of a project.</source>
        <translation>请选择空文件夹或项目文件夹。</translation>
    </message>
    <message>
        <source>No backup could be made in %1: %2</source>
        <translation>无法在 %1 建立备份：%2</translation>
    </message>
    <message>
        <source>There is no home folder, so there is no project of your own.</source>
        <translation>没有主文件夹，因此没有您自己的项目。</translation>
    </message>
    <message>
        <source>Images can be viewed; open a project in a folder of your choice to label them.</source>
        <translation>可以查看图像；如需标注，请在您选择的文件夹中打开项目。</translation>
    </message>
    <message>
        <source>The project's file says nothing of its version.</source>
        <translation>项目文件没有注明版本。</translation>
    </message>
    <message>
        <source>The project's tables are not as they were made.</source>
        <translation>项目的数据表与建立时不同。</translation>
    </message>
</context>
<context>
    <name>synthesis</name>
    <message>
        <source>The saved training belongs to a pair of another form.</source>
        <translation>保存的训练属于另一种形式的网络对。</translation>
    </message>
    <message>
        <source>The training came to values that are no numbers.</source>
        <translation>训练得到了非数值。</translation>
    </message>
    <message>
        <source>Take a lower learning rate and go on from the last checkpoint.</source>
        <translation>请降低学习率，并从最后的检查点继续。</translation>
    </message>
    <message>
        <source>The generator's gradient was %1 times its usual size: step skipped, %2 of %3.</source>
        <translation>生成器的梯度为平常的 %1 倍：跳过此步，第 %2 / %3 次。</translation>
    </message>
    <message>
        <source>Take a lower learning rate, or R1 for the discriminator.</source>
        <translation>请降低学习率，或对判别器使用 R1。</translation>
    </message>
    <message>
        <source>The discriminator has won: it tells real from synthetic images by %1, and the generator's loss has grown for 500 steps.</source>
        <translation>判别器已占上风：它以 %1 的差距区分真实与合成图像，且生成器的损失已连续增长 500 步。</translation>
    </message>
    <message>
        <source>Take more augmentation, R1, or a lower learning rate of the discriminator.</source>
        <translation>请加强增强、使用 R1，或降低判别器的学习率。</translation>
    </message>
    <message>
        <source>Collapse: the samples of "%1" differ %2 % of what its real images do.</source>
        <translation>坍缩：“%1”的样本差异仅为其真实图像的 %2 %。</translation>
    </message>
    <message>
        <source>Take more augmentation or a lower learning rate; the best checkpoint is kept.</source>
        <translation>请加强增强或降低学习率；最佳检查点已保留。</translation>
    </message>
    <message>
        <source>Collapse: coverage fell from %1 to %2.</source>
        <translation>坍缩：覆盖率从 %1 降到 %2。</translation>
    </message>
    <message>
        <source>The state of the alarms has %1 numbers, not %2.</source>
        <translation>警报状态有 %1 个数，而不是 %2 个。</translation>
    </message>
    <message>
        <source>There are pixels of %1 and features of %2 %3.</source>
        <translation>有 %1 幅的像素和 %2 幅的特征（%3）。</translation>
    </message>
    <message>
        <source>training images</source>
        <translation>训练图像</translation>
    </message>
    <message>
        <source>synthetic images</source>
        <translation>合成图像</translation>
    </message>
    <message>
        <source>held-out images</source>
        <translation>保留图像</translation>
    </message>
    <message>
        <source>Training images have %1 features, not %2 (%3).</source>
        <translation>训练图像有 %1 个特征，而不是 %2 个（%3）。</translation>
    </message>
    <message>
        <source>Percentile %1 of %2 images sets no limit.</source>
        <translation>%2 幅图像的第 %1 百分位不能定出界限。</translation>
    </message>
    <message>
        <source>Asking the discriminator</source>
        <translation>正在询问判别器</translation>
    </message>
    <message>
        <source>Distances of images</source>
        <translation>图像间的距离</translation>
    </message>
    <message>
        <source>%1 values are no table of %2 × %3 features (%4).</source>
        <translation>%1 个值不构成 %2 × %3 的特征表（%4）。</translation>
    </message>
    <message>
        <source>There are %1 %3; this measure needs %2 at least.</source>
        <translation>有 %1 幅%3；此指标至少需要 %2 幅。</translation>
    </message>
    <message>
        <source>Feature %1 of image %2 is not a number (%3).</source>
        <translation>图像 %2 的特征 %1 不是数值（%3）。</translation>
    </message>
    <message>
        <source>real images</source>
        <translation>真实图像</translation>
    </message>
    <message>
        <source>Real images have %1 features and synthetic ones %2.</source>
        <translation>真实图像有 %1 个特征，合成图像有 %2 个。</translation>
    </message>
    <message>
        <source>Take both from the same network.</source>
        <translation>请从同一网络取得二者。</translation>
    </message>
    <message>
        <source>All %1 real images have the same features.</source>
        <translation>全部 %1 幅真实图像的特征相同。</translation>
    </message>
    <message>
        <source>The network that gives the features tells nothing apart; train it first.</source>
        <translation>给出特征的网络无法区分任何东西；请先训练它。</translation>
    </message>
    <message>
        <source>This classifier has no dense layer to take features from.</source>
        <translation>此分类器没有可取特征的全连接层。</translation>
    </message>
    <message>
        <source>Looking at images</source>
        <translation>正在观察图像</translation>
    </message>
    <message>
        <source>This ONNX file is no generator trained by Hounsfield.</source>
        <translation>此 ONNX 文件不是由 Hounsfield 训练的生成器。</translation>
    </message>
    <message>
        <source>Choose the generator.onnx of a training of a pair.</source>
        <translation>请选择一次网络对训练的 generator.onnx。</translation>
    </message>
    <message>
        <source>What the generator says of itself cannot be understood.</source>
        <translation>无法理解生成器关于自身的说明。</translation>
    </message>
    <message>
        <source>The generator's inputs, output and classes do not fit each other.</source>
        <translation>生成器的输入、输出与类别彼此不符。</translation>
    </message>
    <message>
        <source>This is not the discriminator of that generator.</source>
        <translation>这不是那个生成器的判别器。</translation>
    </message>
    <message>
        <source>The generator makes no "%1".</source>
        <translation>该生成器不合成“%1”。</translation>
    </message>
    <message>
        <source>Choose one of: %1.</source>
        <translation>请选择其一：%1。</translation>
    </message>
    <message>
        <source>images to look for</source>
        <translation>要查找的图像</translation>
    </message>
    <message>
        <source>images to search</source>
        <translation>被查找的图像</translation>
    </message>
    <message>
        <source>Images of %1 × %2 pixels in %3 channels do not have %4 values.</source>
        <translation>%1 × %2 像素、%3 通道的图像没有 %4 个值。</translation>
    </message>
    <message>
        <source>Images of %1 × %2 pixels cannot be searched with shifts of %3.</source>
        <translation>%1 × %2 像素的图像不能以 %3 的平移进行查找。</translation>
    </message>
    <message>
        <source>Searching for the nearest images</source>
        <translation>正在查找最近的图像</translation>
    </message>
    <message>
        <source>The data have other classes than the generator.</source>
        <translation>数据的类别与生成器不同。</translation>
    </message>
    <message>
        <source>These are not the data that the generator was trained on: their split is another one.</source>
        <translation>这些不是训练该生成器的数据：其划分不同。</translation>
    </message>
    <message>
        <source>Give the data and labels of that training.</source>
        <translation>请给出那次训练的数据和标签。</translation>
    </message>
    <message>
        <source>The data have no test part.</source>
        <translation>数据没有测试集。</translation>
    </message>
    <message>
        <source>No training patient was held back.</source>
        <translation>没有保留训练患者。</translation>
    </message>
    <message>
        <source>It was not asked for.</source>
        <translation>未要求。</translation>
    </message>
    <message>
        <source>%1 subsets of %2 images give no kernel distance.</source>
        <translation>%2 幅图像的 %1 个子集不能给出核距离。</translation>
    </message>
    <message>
        <source>Kernel distance</source>
        <translation>核距离</translation>
    </message>
    <message>
        <source>Class %1 has %2 real images and %3 synthetic ones: the two sets cannot have the same mix of classes.</source>
        <translation>类别 %1 有 %2 幅真实图像和 %3 幅合成图像：两组的类别构成无法一致。</translation>
    </message>
    <message>
        <source>Class %1 has %2 real images and %3 synthetic ones: too few for its share of %4 a side.</source>
        <translation>类别 %1 有 %2 幅真实图像和 %3 幅合成图像：不足以构成每侧 %4 幅的份额。</translation>
    </message>
    <message>
        <source>There are %1 labels for %2 %3.</source>
        <translation>%2 幅%3有 %1 个标签。</translation>
    </message>
    <message>
        <source>%1 is no class (%2).</source>
        <translation>%1 不是类别（%2）。</translation>
    </message>
    <message>
        <source>The score of image %1 is not a number.</source>
        <translation>图像 %1 的得分不是数值。</translation>
    </message>
    <message>
        <source>Image %1 has no class or no patient.</source>
        <translation>图像 %1 没有类别或没有患者。</translation>
    </message>
    <message>
        <source>No class has both images that were trained on and images that were held back.</source>
        <translation>没有哪个类别同时有训练过的图像和保留的图像。</translation>
    </message>
    <message>
        <source>Hold back some patients before training.</source>
        <translation>请在训练前保留一些患者。</translation>
    </message>
    <message>
        <source>This run folder is not one of a pair.</source>
        <translation>此训练文件夹不是网络对的。</translation>
    </message>
    <message>
        <source>The run.json of this folder cannot be understood.</source>
        <translation>无法理解此文件夹的 run.json。</translation>
    </message>
    <message>
        <source>There is no finished run of a pair here: run.json is missing.</source>
        <translation>此处没有完成的网络对训练：缺少 run.json。</translation>
    </message>
    <message>
        <source>Small pair of transposed and strided convolutions; the class scales and shifts the generator's maps and is compared with what the discriminator sees.</source>
        <translation>由转置卷积和步进卷积组成的小型网络对；类别缩放并平移生成器的特征图，并与判别器所见比较。</translation>
    </message>
    <message>
        <source>Most sets; minutes at 32 pixels, an hour or two at 64. The one to begin with.</source>
        <translation>适合多数数据集；32 像素需数分钟，64 像素需一两小时。建议从它开始。</translation>
    </message>
    <message>
        <source>Pair of residual blocks with the same conditioning; about ten times the work a step.</source>
        <translation>采用相同条件方式的残差块网络对；每步计算量约为十倍。</translation>
    </message>
    <message>
        <source>Finer structure where hours of training are at hand.</source>
        <translation>有数小时训练时间时，可得到更细的结构。</translation>
    </message>
    <message>
        <source>There is no pair of networks "%1".</source>
        <translation>没有名为“%1”的网络对。</translation>
    </message>
    <message>
        <source>How long the pair is trained; with steps given too, what is over first ends it. 0: steps alone.</source>
        <translation>网络对训练多久；若也给出步数，则先到者结束训练。0：只按步数。</translation>
    </message>
    <message>
        <source>How many steps the pair is trained; 0: minutes alone.</source>
        <translation>网络对训练多少步；0：只按分钟。</translation>
    </message>
    <message>
        <source>Number that all chance comes from; the same seed and steps give the same generator.</source>
        <translation>一切随机性的来源；相同种子和步数得到相同的生成器。</translation>
    </message>
    <message>
        <source>Processors used, 0 for all. The generator does not depend on it.</source>
        <translation>使用的处理器数，0 表示全部。生成器与此无关。</translation>
    </message>
    <message>
        <source>What the two networks are trained against each other by.</source>
        <translation>两个网络相互对抗训练所用的损失。</translation>
    </message>
    <message>
        <source>Whether real and made images are moved, blanked in part and changed in brightness and contrast before they are judged. Below some 10,000 images it keeps the pair from learning by heart.</source>
        <translation>在判别之前，是否对真实与合成图像做平移、局部遮挡以及亮度和对比度的变化。图像少于约 10,000 幅时，可防止网络对死记硬背。</translation>
    </message>
    <message>
        <source>Whether they are also mirrored left to right: only where the side means nothing, for it shows in what is made.</source>
        <translation>是否还做左右镜像：仅限左右没有意义的情形，因为这会体现在合成图像中。</translation>
    </message>
    <message>
        <source>Real images in one step, and as many made ones.</source>
        <translation>每步的真实图像数，合成图像数与之相同。</translation>
    </message>
    <message>
        <source>Learning rate of the generator.</source>
        <translation>生成器的学习率。</translation>
    </message>
    <message>
        <source>Learning rate of the discriminator.</source>
        <translation>判别器的学习率。</translation>
    </message>
    <message>
        <source>How long Adam remembers the direction of the gradient.</source>
        <translation>Adam 记住梯度方向的时长。</translation>
    </message>
    <message>
        <source>How long Adam remembers the size of the gradient.</source>
        <translation>Adam 记住梯度大小的时长。</translation>
    </message>
    <message>
        <source>Decay of the moving average of the generator, which is what is judged and kept.</source>
        <translation>生成器滑动平均的衰减；被评价和保留的就是该平均。</translation>
    </message>
    <message>
        <source>Steps between two evaluations; the best one is kept.</source>
        <translation>两次评估之间的步数；保留最佳者。</translation>
    </message>
    <message>
        <source>Share of the training cases kept for validation, where the data bring no validation part.</source>
        <translation>数据没有验证集时，从训练病例中留作验证的比例。</translation>
    </message>
    <message>
        <source>Share of the cases kept for the final test, where the data bring no parts of their own.</source>
        <translation>数据没有自带划分时，留作最终测试的病例比例。</translation>
    </message>
    <message>
        <source>Least time between two states saved, to go on from after a stop.</source>
        <translation>两次保存状态之间的最短时间，停止后可由此继续。</translation>
    </message>
    <message>
        <source>Neither minutes nor steps say when the training ends.</source>
        <translation>分钟数和步数都没有说明训练何时结束。</translation>
    </message>
    <message>
        <source>The saved training is one of other data, options or another pair.</source>
        <translation>保存的训练用的是其他数据、选项或另一个网络对。</translation>
    </message>
    <message>
        <source>Give the options and data it was started with, or --force to start anew.</source>
        <translation>请给出开始时的选项和数据，或用 --force 重新开始。</translation>
    </message>
    <message>
        <source>This file is no saved training of a pair.</source>
        <translation>此文件不是保存的网络对训练。</translation>
    </message>
    <message>
        <source>Training the pair, step %1</source>
        <translation>正在训练网络对，第 %1 步</translation>
    </message>
    <message>
        <source>Images of %1 pixels cannot be made.</source>
        <translation>无法合成 %1 像素的图像。</translation>
    </message>
    <message>
        <source>Choose 32, 64 or 128.</source>
        <translation>请选择 32、64 或 128。</translation>
    </message>
    <message>
        <source>%1 images, %2 of the rarest class, are few to learn from: expect copies and little variety. From %3 images and %4 a class on it gets better.</source>
        <translation>%1 幅图像（最少的类别 %2 幅）可供学习的太少：可能出现复制和缺乏多样性。从 %3 幅图像、每类 %4 幅起会好转。</translation>
    </message>
    <message>
        <source>Class %1 has %2 real images, too few for two sides of %3.</source>
        <translation>类别 %1 有 %2 幅真实图像，不足以分成各 %3 幅的两侧。</translation>
    </message>
    <message>
        <source>A floor needs one split at least.</source>
        <translation>下限至少需要一次划分。</translation>
    </message>
    <message>
        <source>No training image of "%1" is left to learn from.</source>
        <translation>没有剩下“%1”的训练图像可供学习。</translation>
    </message>
    <message>
        <source>Add images of this class, or leave the class out.</source>
        <translation>请增加该类别的图像，或去掉该类别。</translation>
    </message>
    <message>
        <source>Making images</source>
        <translation>正在合成图像</translation>
    </message>
    <message>
        <source>RGB of 16 bits is written as PNG only.</source>
        <translation>16 位 RGB 只能写为 PNG。</translation>
    </message>
    <message>
        <source>The folder is not empty.</source>
        <translation>文件夹不是空的。</translation>
    </message>
    <message>
        <source>Choose a new one, so that no real image is taken for a synthetic one.</source>
        <translation>请选择新文件夹，以免真实图像被当作合成图像。</translation>
    </message>
    <message>
        <source>"%1" is no hash of a generator.</source>
        <translation>“%1”不是生成器的哈希。</translation>
    </message>
    <message>
        <source>%1 images cannot be written.</source>
        <translation>无法写入 %1 幅图像。</translation>
    </message>
    <message>
        <source>Synthetic image %1 has no picture of the size it says.</source>
        <translation>合成图像 %1 没有其所述大小的图像。</translation>
    </message>
    <message>
        <source>The images cannot be written: %1.</source>
        <translation>无法写入图像：%1。</translation>
    </message>
    <message>
        <source>Free some space or choose another place.</source>
        <translation>请释放一些空间或选择其他位置。</translation>
    </message>
    <message>
        <source>Writing synthetic images</source>
        <translation>正在写入合成图像</translation>
    </message>
    <message>
        <source>The generator made %1 images, not %2.</source>
        <translation>生成器合成了 %1 幅图像，而不是 %2 幅。</translation>
    </message>
    <message>
        <source>"%1" has %2 training images, fewer than the %3 a class that are asked for.</source>
        <translation>“%1”有 %2 幅训练图像，少于所要求的每类 %3 幅。</translation>
    </message>
    <message>
        <source>Ask for fewer, or add images.</source>
        <translation>请减少要求，或增加图像。</translation>
    </message>
    <message>
        <source>There is no test part to try the classifiers on.</source>
        <translation>没有可用来试验分类器的测试集。</translation>
    </message>
    <message>
        <source>The row %1 was trained with no seed.</source>
        <translation>行 %1 没有任何种子的训练。</translation>
    </message>
    <message>
        <source>The row %1 has %2 probabilities, %3 answers and %4 patients.</source>
        <translation>行 %1 有 %2 个概率、%3 个答案和 %4 名患者。</translation>
    </message>
    <message>
        <source>The seeds of the row %1 were not judged on the same cases.</source>
        <translation>行 %1 的各种子不是在相同病例上评价的。</translation>
    </message>
    <message>
        <source>A probability of the row %1 is not a number.</source>
        <translation>行 %1 的某个概率不是数值。</translation>
    </message>
    <message>
        <source>The test cases of the row %1 are all of one class.</source>
        <translation>行 %1 的测试病例全属同一类别。</translation>
    </message>
    <message>
        <source>Helped: AUC %1, interval %2 to %3.</source>
        <translation>有帮助：AUC %1，区间 %2 至 %3。</translation>
    </message>
    <message>
        <source>Harmed: AUC %1, interval %2 to %3.</source>
        <translation>有害：AUC %1，区间 %2 至 %3。</translation>
    </message>
    <message>
        <source>Did not help: AUC %1, interval %2 to %3.</source>
        <translation>没有帮助：AUC %1，区间 %2 至 %3。</translation>
    </message>
    <message>
        <source>The row %1 was trained with %3 seeds and %2 with %4.</source>
        <translation>行 %1 用 %3 个种子训练，%2 用 %4 个。</translation>
    </message>
    <message>
        <source>The rows %1 and %2 were not judged on the same cases.</source>
        <translation>行 %1 与 %2 不是在相同病例上评价的。</translation>
    </message>
    <message>
        <source>%1 resamples of the patients give no interval.</source>
        <translation>%1 次患者重抽样不能给出区间。</translation>
    </message>
    <message>
        <source>There is no real image that the generator has not seen.</source>
        <translation>没有生成器未见过的真实图像。</translation>
    </message>
    <message>
        <source>A blind test needs a test part.</source>
        <translation>盲测需要测试集。</translation>
    </message>
    <message>
        <source>Preparing the blind test</source>
        <translation>正在准备盲测</translation>
    </message>
    <message>
        <source>Keeping the score</source>
        <translation>正在保存得分</translation>
    </message>
    <message>
        <source>There is no generator yet.</source>
        <translation>还没有生成器。</translation>
    </message>
    <message>
        <source>Judge the generator first: Verdict, Judge.</source>
        <translation>请先评价生成器：结论，评价。</translation>
    </message>
    <message>
        <source>It is not known whether the generator remembers its training images.</source>
        <translation>不知道生成器是否记住了其训练图像。</translation>
    </message>
    <message>
        <source>Whether the generator remembers its training images could not be measured.</source>
        <translation>无法测量生成器是否记住了其训练图像。</translation>
    </message>
    <message>
        <source>The discriminator knows its training images again (AUC %1, more than %2): the made images would carry them along.</source>
        <translation>判别器认得其训练图像（AUC %1，大于 %2）：合成图像会将其带出。</translation>
    </message>
    <message>
        <source>Train on more images, for fewer steps, or with DiffAugment.</source>
        <translation>请用更多图像、更少步数或 DiffAugment 训练。</translation>
    </message>
    <message>
        <source>Making images for the training set</source>
        <translation>正在为训练集合成图像</translation>
    </message>
    <message>
        <source>Exporting images</source>
        <translation>正在导出图像</translation>
    </message>
    <message>
        <source>Stopped; nothing was written.</source>
        <translation>已停止；没有写入任何内容。</translation>
    </message>
    <message>
        <source>%1 images were added to the data of the training page.</source>
        <translation>已将 %1 幅图像加入训练页的数据。</translation>
    </message>
    <message>
        <source>%1 marked images were written to %2.</source>
        <translation>已将 %1 幅带标记的图像写入 %2。</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>DiffAugment</source>
        <translation>DiffAugment</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Generator's rate</source>
        <translation>生成器学习率</translation>
    </message>
    <message>
        <source>Discriminator's rate</source>
        <translation>判别器学习率</translation>
    </message>
    <message>
        <source>Adam, direction</source>
        <translation>Adam，方向</translation>
    </message>
    <message>
        <source>Adam, size</source>
        <translation>Adam，大小</translation>
    </message>
    <message>
        <source>Weight averaging</source>
        <translation>权重平均</translation>
    </message>
    <message>
        <source>Evaluated every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>测试比例</translation>
    </message>
    <message>
        <source>Save every (s)</source>
        <translation>保存间隔（秒）</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Hinge</source>
        <translation>合页 (hinge)</translation>
    </message>
    <message>
        <source>Logistic, non-saturating</source>
        <translation>逻辑，非饱和</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>This is no folder of a training of a pair.</source>
        <translation>这不是网络对训练的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder with a generator.onnx in it.</source>
        <translation>请选择含有 generator.onnx 的文件夹。</translation>
    </message>
    <message>
        <source>Nothing here says where the images of this training are.</source>
        <translation>此处无从得知这次训练的图像在哪里。</translation>
    </message>
    <message>
        <source>Open the data of that training on this page first.</source>
        <translation>请先在此页打开那次训练的数据。</translation>
    </message>
    <message>
        <source>"%1" can be no folder's name.</source>
        <translation>“%1”不能作文件夹名。</translation>
    </message>
    <message>
        <source>Leave out slashes and a point at the beginning.</source>
        <translation>请去掉斜杠和开头的点。</translation>
    </message>
    <message>
        <source>There is a training named "%1" already.</source>
        <translation>已有名为“%1”的训练。</translation>
    </message>
    <message>
        <source>Go on with it by Resume, or give the new one another name.</source>
        <translation>请用“继续”接着训练，或为新训练另取名称。</translation>
    </message>
    <message>
        <source>No new run folder can be made.</source>
        <translation>无法建立新的训练文件夹。</translation>
    </message>
    <message>
        <source>Looking for the nearest training images</source>
        <translation>正在查找最近的训练图像</translation>
    </message>
    <message>
        <source>Reading earlier trainings</source>
        <translation>正在读取以前的训练</translation>
    </message>
    <message>
        <source>These are not the images that the generator was trained on.</source>
        <translation>这些不是训练该生成器的图像。</translation>
    </message>
    <message>
        <source>Open the data of that training to see its images beside the made ones.</source>
        <translation>请打开那次训练的数据，以便在合成图像旁显示其图像。</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>Reading the sample …</source>
        <translation>正在读取示例…</translation>
    </message>
    <message>
        <source>Reading the labelled images of the project …</source>
        <translation>正在读取项目中带标签的图像…</translation>
    </message>
    <message>
        <source>The training page has no data open.</source>
        <translation>训练页没有打开数据。</translation>
    </message>
    <message>
        <source>Open some there, or drop labelled images here.</source>
        <translation>请在那里打开，或将带标签的图像拖到此处。</translation>
    </message>
    <message>
        <source>Reading the data of the training page …</source>
        <translation>正在读取训练页的数据…</translation>
    </message>
    <message>
        <source>Stopped reading.</source>
        <translation>已停止读取。</translation>
    </message>
    <message>
        <source>%1 images of %2 classes are read.</source>
        <translation>已读取 %1 幅图像，%2 个类别。</translation>
    </message>
    <message>
        <source>Planning the split</source>
        <translation>正在规划划分</translation>
    </message>
    <message>
        <source>This training has had its minutes or steps.</source>
        <translation>这次训练已用完其分钟数或步数。</translation>
    </message>
    <message>
        <source>Ask for more minutes and steps above, then go on.</source>
        <translation>请在上面增加分钟数和步数，然后继续。</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
    <message>
        <source>Stopped before the first evaluation. Resume goes on with it.</source>
        <translation>在第一次评估之前停止。“继续”可接着训练。</translation>
    </message>
    <message>
        <source>Stopped. The best generator so far is kept.</source>
        <translation>已停止。迄今最佳的生成器已保留。</translation>
    </message>
    <message>
        <source>An alarm ended the training. The best generator so far is kept.</source>
        <translation>警报结束了训练。迄今最佳的生成器已保留。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>&amp;Synthesis</source>
        <translation>合成(&amp;S)</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>Take the built-in labelled radiographs.</source>
        <translation>使用内置的带标签 X 线片。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Learn to make images like those of the training part.</source>
        <translation>学习合成与训练集相似的图像。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with the chosen training.</source>
        <translation>接着所选的训练。</translation>
    </message>
    <message>
        <source>Judge the generator</source>
        <translation>评价生成器</translation>
    </message>
    <message>
        <source>Compare made images with real ones, look for copies and for memory.</source>
        <translation>将合成图像与真实图像比较，检查复制与记忆。</translation>
    </message>
    <message>
        <source>Try whether the images help</source>
        <translation>试验图像是否有帮助</translation>
    </message>
    <message>
        <source>Train classifiers with and without made images and compare them.</source>
        <translation>分别用和不用合成图像训练分类器并比较。</translation>
    </message>
    <message>
        <source>Blind test</source>
        <translation>盲测</translation>
    </message>
    <message>
        <source>Real or made? Answer by R and M or by the arrow keys.</source>
        <translation>真实还是合成？用 R 和 M 或方向键回答。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop what is at work and keep what there is.</source>
        <translation>停止正在进行的工作并保留已有结果。</translation>
    </message>
    <message>
        <source>Judging %1</source>
        <translation>正在评价 %1</translation>
    </message>
    <message>
        <source>Trying what the images of %1 are good for</source>
        <translation>正在试验 %1 的图像有何用处</translation>
    </message>
    <message>
        <source>%1, interval %2 to %3</source>
        <translation>%1，区间 %2 至 %3</translation>
    </message>
    <message>
        <source>The trial says nothing: it has no difference to show.</source>
        <translation>试验没有结论：没有可显示的差值。</translation>
    </message>
    <message>
        <source>Helped: AUC %1.</source>
        <translation>有帮助：AUC %1。</translation>
    </message>
    <message>
        <source>Did harm: AUC %1.</source>
        <translation>有害：AUC %1。</translation>
    </message>
    <message>
        <source>Did not help: AUC %1.</source>
        <translation>没有帮助：AUC %1。</translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <source>Reading pictures of cases</source>
        <translation>正在读取病例图像</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <source>Share of this class's cases that the model found.</source>
        <translation>该类别的病例中被模型发现的比例。</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>特异度</translation>
    </message>
    <message>
        <source>Share of the other cases that the model left alone.</source>
        <translation>其他病例中模型未误判的比例。</translation>
    </message>
    <message>
        <source>PPV</source>
        <translation>PPV</translation>
    </message>
    <message>
        <source>Positive predictive value: how often it is true when the model says so. It depends on how common the class is.</source>
        <translation>阳性预测值：模型判为该类别时正确的比例，取决于该类别的常见程度。</translation>
    </message>
    <message>
        <source>NPV</source>
        <translation>NPV</translation>
    </message>
    <message>
        <source>Negative predictive value: how often it is true when the model denies it.</source>
        <translation>阴性预测值：模型排除该类别时正确的比例。</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Harmonic mean of sensitivity and positive predictive value.</source>
        <translation>灵敏度与阳性预测值的调和平均。</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Area under the ROC curve of this class against the rest: 0.5 is chance, 1 is perfect.</source>
        <translation>该类别相对其余类别的 ROC 曲线下面积：0.5 为随机，1 为完美。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>验证集比例</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>测试集比例</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>处理器数</translation>
    </message>
    <message>
        <source>Pixel values</source>
        <translation>像素值</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>图像尺寸</translation>
    </message>
    <message>
        <source>Grey or colour</source>
        <translation>灰度或彩色</translation>
    </message>
    <message>
        <source>Black at</source>
        <translation>黑色对应值</translation>
    </message>
    <message>
        <source>White at</source>
        <translation>白色对应值</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Last batch</source>
        <translation>最后一批</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Rate schedule</source>
        <translation>学习率变化</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>Gradient limit</source>
        <translation>梯度上限</translation>
    </message>
    <message>
        <source>Weight averaging</source>
        <translation>权重平均</translation>
    </message>
    <message>
        <source>Weights kept</source>
        <translation>保留的权重</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Shifts in use</source>
        <translation>使用时的平移</translation>
    </message>
    <message>
        <source>Save every (s)</source>
        <translation>保存间隔（秒）</translation>
    </message>
    <message>
        <source>Rotation (°)</source>
        <translation>旋转（°）</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>0 to 1</source>
        <translation>0 至 1</translation>
    </message>
    <message>
        <source>Mean 0, deviation 1</source>
        <translation>均值 0，标准差 1</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Each image once</source>
        <translation>每幅图像一次</translation>
    </message>
    <message>
        <source>Classes balanced</source>
        <translation>类别均衡</translation>
    </message>
    <message>
        <source>Used, smaller</source>
        <translation>使用，批次较小</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>舍弃</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>All equal</source>
        <translation>全部相等</translation>
    </message>
    <message>
        <source>Rare ones count more</source>
        <translation>罕见类别权重更大</translation>
    </message>
    <message>
        <source>Last epoch</source>
        <translation>最后一轮</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳一轮</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>The sample cannot be put in its place: %1.</source>
        <translation>无法放置示例：%1。</translation>
    </message>
    <message>
        <source>See that there is room and permission in this folder.</source>
        <translation>请检查该文件夹是否有足够的空间和权限。</translation>
    </message>
    <message>
        <source>Reading earlier trainings</source>
        <translation>正在读取以前的训练</translation>
    </message>
    <message>
        <source>%1 things were dropped at once.</source>
        <translation>一次拖放了 %1 项内容。</translation>
    </message>
    <message>
        <source>Drop one folder, archive or table of labelled images; a table of labels and a test set may come with it.</source>
        <translation>请拖放一个含已标注图像的文件夹、压缩包或表格；可以附带一个标签表和一个测试集。</translation>
    </message>
    <message>
        <source>No new run folder can be made.</source>
        <translation>无法新建训练记录文件夹。</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>Reading the labelled images of the project …</source>
        <translation>正在读取项目中已标注的图像…</translation>
    </message>
    <message>
        <source>Reading the built-in sample …</source>
        <translation>正在读取内置示例…</translation>
    </message>
    <message>
        <source>Reading was stopped.</source>
        <translation>读取已停止。</translation>
    </message>
    <message>
        <source>%1 images of %2 classes are read.</source>
        <translation>已读取 %1 幅图像，%2 个类别。</translation>
    </message>
    <message>
        <source>Planning the split</source>
        <translation>正在规划数据划分</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
    <message>
        <source>Stopped before anything was learned; nothing was kept.</source>
        <translation>在学到任何内容之前已停止；没有保留任何结果。</translation>
    </message>
    <message>
        <source>Stopped. The best model so far is kept.</source>
        <translation>已停止。目前最佳的模型已保留。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
    <message>
        <source>Reading labels</source>
        <translation>正在读取标签</translation>
    </message>
    <message>
        <source>Saving a label</source>
        <translation>正在保存标签</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>Take the built-in labelled radiographs.</source>
        <translation>使用内置的已标注 X 线片。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Learn from the training part.</source>
        <translation>用训练集学习。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop and keep the best model so far.</source>
        <translation>停止并保留目前最佳的模型。</translation>
    </message>
    <message>
        <source>Threshold %1</source>
        <translation>阈值 %1</translation>
    </message>
    <message>
        <source>Probability of %1</source>
        <translation>%1 的概率</translation>
    </message>
    <message>
        <source>Probability of the class called</source>
        <translation>所判类别的概率</translation>
    </message>
    <message>
        <source>Width of a word</source>
        <translation>词向量宽度</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>Reading the data and the synthetic images …</source>
        <translation>正在读取数据和合成图像…</translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>Asking the model</source>
        <translation>正在询问模型</translation>
    </message>
    <message>
        <source>Making the heat map</source>
        <translation>正在生成热图</translation>
    </message>
    <message>
        <source>Diag&amp;nosis</source>
        <translation>诊断(&amp;N)</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Asks the chosen model about the open image.</source>
        <translation>用所选模型诊断打开的图像。</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Shows or hides what speaks for the class.</source>
        <translation>显示或隐藏支持该类别的依据。</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>The model.onnx that is asked from now on.</source>
        <translation>此后所用的 model.onnx。</translation>
    </message>
    <message>
        <source>Saving the label</source>
        <translation>正在保存标签</translation>
    </message>
    <message>
        <source>La&amp;bel</source>
        <translation>标签(&amp;B)</translation>
    </message>
    <message>
        <source>Take the label away</source>
        <translation>移除标签</translation>
    </message>
    <message>
        <source>Label as class %1</source>
        <translation>标注为类别 %1</translation>
    </message>
    <message>
        <source>L, then a digit: saved at once.</source>
        <translation>按 L，再按数字键：立即保存。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Gives it again.</source>
        <translation>重新给出该标签。</translation>
    </message>
    <message>
        <source>Orientation unknown</source>
        <translation>方位未知</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>冠状位</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>矢状位</translation>
    </message>
    <message>
        <source>Axial</source>
        <translation>轴位</translation>
    </message>
    <message>
        <source>Patient unknown</source>
        <translation>患者未知</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗宽窗位</translation>
    </message>
    <message>
        <source>Drag right for a wider window, down for a higher level (darker).</source>
        <translation>向右拖动加大窗宽，向下拖动提高窗位（变暗）。</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>滚动</translation>
    </message>
    <message>
        <source>Drag up and down through the slices.</source>
        <translation>上下拖动浏览各层面。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Drag up to enlarge about the point where the drag began.</source>
        <translation>向上拖动，以拖动起点为中心放大。</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Drag moves the picture.</source>
        <translation>拖动以移动图像。</translation>
    </message>
    <message>
        <source>Crosshair</source>
        <translation>十字线</translation>
    </message>
    <message>
        <source>Click or drag shows this point in all planes.</source>
        <translation>单击或拖动，在所有平面中显示该点。</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗宽窗位(&amp;W)</translation>
    </message>
    <message>
        <source>3-&amp;D</source>
        <translation>三维(&amp;D)</translation>
    </message>
    <message>
        <source>Automatic window</source>
        <translation>自动窗宽窗位</translation>
    </message>
    <message>
        <source>1st to 99th percentile of this slice, without padding and background.</source>
        <translation>取本层第 1 至第 99 百分位数，不含填充值和背景。</translation>
    </message>
    <message>
        <source>Window of the header</source>
        <translation>文件头中的窗宽窗位</translation>
    </message>
    <message>
        <source>The file's own window; again: the next one it names.</source>
        <translation>文件自带的窗宽窗位；再按一次：它给出的下一个。</translation>
    </message>
    <message>
        <source>Width %1, level %2 %3.</source>
        <translation>窗宽 %1，窗位 %2 %3。</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Black becomes white, and back.</source>
        <translation>黑变白，再按恢复。</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>层面</translation>
    </message>
    <message>
        <source>Down: towards the feet, the back, the patient's left. With Shift five at once; in 3-D zoom.</source>
        <translation>向下：朝向足侧、背侧、患者左侧。按住 Shift 每次五层；三维中为缩放。</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>左键拖动</translation>
    </message>
    <message>
        <source>Active tool</source>
        <translation>当前工具</translation>
    </message>
    <message>
        <source>At first the window; in 3-D it turns the volume. With Ctrl faster.</source>
        <translation>初始为窗宽窗位；三维中旋转容积。按住 Ctrl 更快。</translation>
    </message>
    <message>
        <source>Middle drag, Shift + left drag</source>
        <translation>中键拖动，Shift + 左键拖动</translation>
    </message>
    <message>
        <source>Moves the picture.</source>
        <translation>移动图像。</translation>
    </message>
    <message>
        <source>Right drag, Ctrl + wheel</source>
        <translation>右键拖动，Ctrl + 滚轮</translation>
    </message>
    <message>
        <source>About the pointer. A right click without a move opens the menu.</source>
        <translation>以指针为中心。右键单击而不移动则打开菜单。</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Maximise</source>
        <translation>最大化</translation>
    </message>
    <message>
        <source>One tile alone, and back.</source>
        <translation>只显示一个窗格，再按恢复。</translation>
    </message>
    <message>
        <source>Shift + move</source>
        <translation>Shift + 移动</translation>
    </message>
    <message>
        <source>All planes follow the pointer.</source>
        <translation>所有平面跟随指针。</translation>
    </message>
    <message>
        <source>Alt + drag a box</source>
        <translation>Alt + 拖出方框</translation>
    </message>
    <message>
        <source>Window from a region</source>
        <translation>由区域确定窗宽窗位</translation>
    </message>
    <message>
        <source>Least to greatest value in the box.</source>
        <translation>取方框内的最小值到最大值。</translation>
    </message>
    <message>
        <source>Space (hold)</source>
        <translation>空格（按住）</translation>
    </message>
    <message>
        <source>Hide overlays</source>
        <translation>隐藏叠加信息</translation>
    </message>
    <message>
        <source>Nothing but the picture while the key is held.</source>
        <translation>按住时只显示图像。</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>上、下</translation>
    </message>
    <message>
        <source>One slice back or on.</source>
        <translation>上一层或下一层。</translation>
    </message>
    <message>
        <source>Page up, Page down</source>
        <translation>Page Up、Page Down</translation>
    </message>
    <message>
        <source>Ten slices</source>
        <translation>十层</translation>
    </message>
    <message>
        <source>Ten slices back or on.</source>
        <translation>后退或前进十层。</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Home、End</translation>
    </message>
    <message>
        <source>First or last slice</source>
        <translation>第一层或最后一层</translation>
    </message>
    <message>
        <source>To the ends of the stack.</source>
        <translation>到序列的两端。</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>左、右</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Previous or next series; with Ctrl the study.</source>
        <translation>上一个或下一个序列；按住 Ctrl 为检查。</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Next tile</source>
        <translation>下一个窗格</translation>
    </message>
    <message>
        <source>Keys act on that tile.</source>
        <translation>按键作用于该窗格。</translation>
    </message>
    <message>
        <source>One tile</source>
        <translation>单个窗格</translation>
    </message>
    <message>
        <source>Three planes and 3-D</source>
        <translation>三个平面与三维</translation>
    </message>
    <message>
        <source>Planes along the patient's axes</source>
        <translation>沿患者轴线的平面</translation>
    </message>
    <message>
        <source>Exactly axial, coronal and sagittal, interpolated where the series lies obliquely.</source>
        <translation>严格的轴位、冠状位和矢状位；序列倾斜时进行插值。</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗格</translation>
    </message>
    <message>
        <source>The whole picture in its tile.</source>
        <translation>整幅图像置于窗格中。</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>About the pointer.</source>
        <translation>以指针为中心。</translation>
    </message>
    <message>
        <source>Reduce</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Rotate right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>A quarter clockwise.</source>
        <translation>顺时针旋转四分之一圈。</translation>
    </message>
    <message>
        <source>Rotate left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>A quarter against the clock.</source>
        <translation>逆时针旋转四分之一圈。</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Left and right exchanged; the letters follow.</source>
        <translation>左右互换；方位字母随之改变。</translation>
    </message>
    <message>
        <source>Texts on the picture</source>
        <translation>图像上的文字</translation>
    </message>
    <message>
        <source>All, without the patient, none.</source>
        <translation>全部、不含患者信息、无。</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>重置视图</translation>
    </message>
    <message>
        <source>Zoom, place, turn and window as they were at first.</source>
        <translation>缩放、位置、旋转和窗宽窗位恢复初始状态。</translation>
    </message>
    <message>
        <source>Leave the tool</source>
        <translation>离开工具</translation>
    </message>
    <message>
        <source>Back to the window tool; again: reset view.</source>
        <translation>返回窗宽窗位工具；再按一次：重置视图。</translation>
    </message>
    <message>
        <source>How the volume is rendered.</source>
        <translation>容积的渲染方式。</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>Reading slice %1</source>
        <translation>正在读取第 %1 层</translation>
    </message>
    <message>
        <source>CT bone</source>
        <translation>CT 骨</translation>
    </message>
    <message>
        <source>CT angiography</source>
        <translation>CT 血管造影</translation>
    </message>
    <message>
        <source>CT lung</source>
        <translation>CT 肺</translation>
    </message>
    <message>
        <source>CT muscle</source>
        <translation>CT 肌肉</translation>
    </message>
    <message>
        <source>CT maximum intensity</source>
        <translation>CT 最大密度</translation>
    </message>
    <message>
        <source>MR</source>
        <translation>MR</translation>
    </message>
    <message>
        <source>Maximum intensity</source>
        <translation>最大密度</translation>
    </message>
    <message>
        <source>There is no image %1 in this file.</source>
        <translation>此文件中没有图像 %1。</translation>
    </message>
    <message>
        <source>This machine offers no OpenGL 3.2 without a window.</source>
        <translation>本机无法在没有窗口的情况下使用 OpenGL 3.2。</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Turquoise</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>橄榄色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Takes the last label or change of the classes back.</source>
        <translation>撤销上一次标签或类别的更改。</translation>
    </message>
    <message>
        <source>Arrows in 3-D</source>
        <translation>三维中的方向键</translation>
    </message>
    <message>
        <source>Turn the volume</source>
        <translation>旋转体数据</translation>
    </message>
    <message>
        <source>Ten degrees a key; Home looks from the front again.</source>
        <translation>每按一次旋转 10 度；Home 键恢复正面视角。</translation>
    </message>
    <message>
        <source>Menu key, Shift+F10</source>
        <translation>菜单键、Shift+F10</translation>
    </message>
    <message>
        <source>Menu of the tile</source>
        <translation>图块菜单</translation>
    </message>
    <message>
        <source>The same as a right click.</source>
        <translation>与单击右键相同。</translation>
    </message>
    <message>
        <source>The active tile alone (double-click does the same).</source>
        <translation>仅显示当前图块（双击效果相同）。</translation>
    </message>
    <message>
        <source>Two tiles</source>
        <translation>两个图块</translation>
    </message>
    <message>
        <source>The active tile and the next one side by side.</source>
        <translation>当前图块与下一个图块并排显示。</translation>
    </message>
    <message>
        <source>Axial, coronal, sagittal and the volume, equally large.</source>
        <translation>横断面、冠状面、矢状面与体数据，大小相同。</translation>
    </message>
    <message>
        <source>One large tile and three</source>
        <translation>一大三小</translation>
    </message>
    <message>
        <source>The active tile large, the other planes and 3-D beside it.</source>
        <translation>当前图块放大，其他平面与三维在旁边。</translation>
    </message>
    <message>
        <source>Report of this study</source>
        <translation>此检查的报告</translation>
    </message>
    <message>
        <source>Opens the page of reports at the report that belongs to the study.</source>
        <translation>在报告页面打开属于该检查的报告。</translation>
    </message>
</context>
</TS>